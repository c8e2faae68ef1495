"""Two visits as they really sound, with what a careful officer takes from them."""
