"""Identification: events, screenings with a suggestion that explains itself, decisions by people, risk."""
