"""Region: who votes like whom, on whom each leans, and what changed."""
