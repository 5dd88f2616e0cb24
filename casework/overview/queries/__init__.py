"""Reads of the first pages, all laid over the predicate of cases."""
