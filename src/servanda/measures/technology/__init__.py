"""Technology: who works together, on what, and who does not yet."""
