"""Areas: what was promised in an area, beside what happened there."""
