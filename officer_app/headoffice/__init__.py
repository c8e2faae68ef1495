"""Found an institution, enrol people, ingest dossiers."""
