"""Keeps a chained record of who did and saw what, and proves that nobody changed it."""
