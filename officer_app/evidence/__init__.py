"""Bytes of a picture in; a view, tags, fingerprints and findings out."""
