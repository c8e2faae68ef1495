"""Use cases in the officer's words; permissions live here."""
