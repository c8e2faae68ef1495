"""XLSForm in, a running checklist out: compile, evaluate, fill."""
