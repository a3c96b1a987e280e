"""From publisher to dated snapshot to tidy table, and the tables that somebody hands in. Imports what is beneath."""
