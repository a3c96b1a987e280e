"""How honest the interval of an untapped share is, by simulation."""
