"""What happened between two parties, measured: tables in, readings out. Imports sources and what is beneath."""
