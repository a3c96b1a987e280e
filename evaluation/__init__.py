"""How well it reads, measured: labels without the texts, and the scores they give."""
