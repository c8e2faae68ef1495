"""The demo institution and the worked cases."""
