"""Persons, their names, contacts, documents and groups."""
