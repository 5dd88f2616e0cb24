"""Casework: one case of a person coming home from trafficking, carried together by many offices."""
