"""Sealed attachments: taken in, checked, stored, handed out."""
