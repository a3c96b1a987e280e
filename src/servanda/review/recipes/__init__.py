"""Recipes: shipped tables that a measure made from what publishers hand out."""
