"""One widget for each question type."""
