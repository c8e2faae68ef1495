"""The facts of one case, by subject: typed, frozen, each declared once with kind, unit and label."""
