"""Nouns. Imports errors only: no files, no SQL, no clock."""
