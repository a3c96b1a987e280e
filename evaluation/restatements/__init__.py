"""Pairs of sentences of two statements: do they promise the same act?"""
