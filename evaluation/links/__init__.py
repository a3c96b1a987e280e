"""How well first joint papers are foreseen, beside the usual scores."""
