"""People: who goes where, who may, and what would be expected of two such parties."""
