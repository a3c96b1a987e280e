"""The papers of a meeting: briefs, minutes out to Word and back, excerpts, calendars. Imports what dialogue may."""
