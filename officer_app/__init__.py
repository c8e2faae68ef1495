"""Firsthand 眼见: due diligence for small loans on the spot, offline, with proof."""
