"""The estimator beneath ties: gravity equations with fixed effects, as functions of arrays. Imports sources and
beneath.
"""
