"""Who may see what: levels and their reasons, and what was decided here."""
