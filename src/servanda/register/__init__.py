"""What was promised, by whom, with what evidence. Imports texts, store and what is beneath."""
