"""What can go wrong with an expression."""

from __future__ import annotations

from officer_app.base.words import Message


class XPathError(Exception):
    """An expression that cannot be read or cannot be evaluated; the message says why in words."""

    def __init__(self, message: Message, offset: int = -1) -> None:
        """Take the message and the place in the expression, counted in characters from 0."""
        super().__init__(message.text)
        self.message = message
        self.offset = offset
