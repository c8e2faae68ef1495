"""The encrypted store on this laptop."""
