"""Figures and lists without names."""
