"""Scan anywhere: what comes from a scanner is told from what a person types.

`burst.py` decides, without Qt; `filter.py` listens to the application and acts on it.
"""
