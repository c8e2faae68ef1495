"""Head office: what came in, the loans, the people."""
