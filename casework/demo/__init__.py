"""Invented offices, users and cases, made through the services with the clock set back: nothing is written raw."""
