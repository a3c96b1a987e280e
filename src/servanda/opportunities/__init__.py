"""Who could join what, and why. Imports register, measures and what is beneath."""
