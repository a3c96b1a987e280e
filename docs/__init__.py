"""Documentation; generate.py writes what can be taken from the program."""
