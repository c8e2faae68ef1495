"""Firsthand 眼见: due diligence for small loans on the spot, offline, with proof."""

__version__ = "0.1.0"
