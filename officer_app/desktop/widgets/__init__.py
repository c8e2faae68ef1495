"""Dumb widgets: data in by one method, meaningful signals out."""
