"""XPath 1.0 with ODK's functions: tokens, syntax tree, closures over light nodes."""
