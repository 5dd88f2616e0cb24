"""Bringing cases in from CSV and XLSX: every row checked, staged, made visible by one flip, repeatable after a kill."""
