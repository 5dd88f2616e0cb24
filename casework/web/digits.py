"""Digits of any script: read as 0-9, shown as the reader's language writes them."""

from __future__ import annotations

import unicodedata

SCRIPTS = {"km": "០១២៣៤៥៦៧៨៩", "th": "๐๑๒๓๔๕๖๗๘๙"}
"""Languages whose pages show their own digits."""

_SHOWN = {language: str.maketrans("0123456789", digits) for language, digits in SCRIPTS.items()}


def plain(text: str) -> str:
    """`text` with every decimal digit (Khmer, Thai, Lao, full-width ...) as 0-9; all else untouched."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def shown(text: str, language: str) -> str:
    """`text` with 0-9 in the digits of `language`; languages with Latin digits are left alone."""
    table = _SHOWN.get(language)
    return text.translate(table) if table else text
