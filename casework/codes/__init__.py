"""Code lists, gazetteer, holidays, partial dates and working days: what the records are written in."""
