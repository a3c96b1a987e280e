"""Commands that rebuild the shipped tables from what their publishers hand out. Imports what is beneath."""
