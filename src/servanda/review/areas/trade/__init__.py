"""Trade: what is sold, what could be, what was promised of it."""
