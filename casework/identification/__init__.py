"""Screening, indicators and the official decision."""
