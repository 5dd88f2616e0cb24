"""Seals what could identify a person, keeps the keys, and finds sealed records again."""
