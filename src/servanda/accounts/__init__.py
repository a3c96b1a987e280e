"""Who may sign in, and a party's private notes. Imports store, model, settings and errors; knows no pages."""
