"""How to show it: thin. Imports everything beneath; the faces do not know each other."""
