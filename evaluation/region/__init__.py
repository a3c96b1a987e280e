"""How honest the intervals of ideal points are, by simulation."""
