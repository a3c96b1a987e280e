"""From document to passages, from passages to commitments. Imports model, errors and settings."""
