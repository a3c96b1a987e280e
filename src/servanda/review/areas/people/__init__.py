"""People: who goes where, who may, and what was promised."""
