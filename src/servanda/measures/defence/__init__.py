"""Defence: arms transfers, exercises and alliances, from tables that a user holds."""
