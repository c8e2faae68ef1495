"""The immutable case: manifest, records, versions. Bytes in, bytes out."""
