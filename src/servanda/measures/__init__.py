"""What happened: one question a measure, asked of tables. Imports sources; the areas do not know each other."""
