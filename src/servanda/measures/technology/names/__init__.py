"""From the words of an affiliation to an institution of a registry; nothing here opens a file."""
