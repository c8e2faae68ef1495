"""Immutable objects in any store: outbox, inbox, transports."""
