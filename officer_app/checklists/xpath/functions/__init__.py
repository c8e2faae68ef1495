"""The function library, one module a subject; importing a module registers its functions."""
