"""Quantities as people say them: 一天两万多, 三万五, 9,800 a month. What was read can be said back."""
