"""How well affiliations are named: learned and measured apart."""
