"""From the raw bytes of a snapshot to a tidy table, a file a reader. Imports what is beneath."""
