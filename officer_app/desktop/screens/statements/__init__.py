"""The statements of the open case as spreadsheets, each cell a question of the visit."""
