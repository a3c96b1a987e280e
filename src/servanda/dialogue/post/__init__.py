"""What goes out after a meeting: notices by written rules, and their mail. Imports what dialogue may."""
