"""How to show it: thin. Imports everything beneath; the three faces do not know each other."""
