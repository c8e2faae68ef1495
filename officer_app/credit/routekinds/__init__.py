"""The kinds of sales routes, by where they come from; `routes.RULES` puts them together."""
