"""Technology: who works together, on what, and what moved since it was promised."""
