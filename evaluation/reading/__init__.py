"""Statements coded sentence by sentence, twice."""
