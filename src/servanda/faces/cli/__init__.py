"""Thin: parse, call a verb or build a page, show."""
