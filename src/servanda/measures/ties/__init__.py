"""Given who two parties are, how much would be expected between them? Asked of every area. Imports sources and
beneath.
"""
