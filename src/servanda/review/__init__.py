"""Where promise meets fact. Imports register, measures and what is beneath."""
