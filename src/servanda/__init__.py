"""Servanda: what states promise each other, and what comes of it."""

__version__ = "0.1.0"
