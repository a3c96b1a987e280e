"""How well programmes are ranked for who asks, beside keyword search and embedding alone."""
