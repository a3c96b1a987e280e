"""Defence: contracts, arms, spending, and what was promised."""
