"""The one normaliser: turns names, phones and document numbers into the forms that are compared, never shown.

Rules: docs/decisions/0009 and docs/domain.md 11. Khmer needs its own ordering: NFC does not reorder its marks.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\u034f\u180e\ufe00-\ufe0f\u17b4\u17b5\x00-\x08\x0e-\x1f]"
)
_LETTERS = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ħ": "h", "ŧ": "t"}
_LETTER_MAP = str.maketrans(_LETTERS)

_KHMER = re.compile("[\u1780-\u17d3\u17d7\u17dc\u17dd]+")
_COENG, _RO, _ROBAT = "\u17d2", "\u179a", "\u17cc"
_BASES = frozenset(chr(code) for code in range(0x1780, 0x17B4)) | {"\u17d7", "\u17dc"}
_SHIFTERS = frozenset("\u17c9\u17ca")
_VOWELS = frozenset(chr(code) for code in range(0x17B6, 0x17C6))
_WHOLE = {"\u17a3": "\u17a2", "\u17a4": "\u17a2\u17b6", "\u17a8": "\u17a7\u1780", "\u17b2": "\u17b1"}
_WHOLE_MAP = str.maketrans(_WHOLE)


def visible(text: str) -> str:
    """The text without characters that show nothing."""
    return _INVISIBLE.sub("", text)


def digits(text: str) -> str:
    """The text with decimal digits of every script (Khmer, Thai, Lao, full-width) as 0-9."""
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def parts(text: str) -> list[str]:
    """Letters and digits between spaces and punctuation, with digits as 0-9; nothing folded yet."""
    plain = unicodedata.normalize("NFKC", visible(text))
    kept = [one if unicodedata.category(one)[0] in "LMN" else " " for one in plain]
    return digits("".join(kept)).split()


def tokens(text: str) -> list[str]:
    """The words of a name in the form that is compared, in the order typed. Numbers are no words."""
    found: list[str] = []
    for part in parts(text):
        for run in _runs(part):
            word = fold(run)
            if word:
                found.append(word)
    return found


def _runs(part: str) -> list[str]:
    """A part cut where Khmer begins or ends, because both scripts are often written together."""
    runs, at = [], 0
    for match in _KHMER.finditer(part):
        runs += [part[at : match.start()], match.group()]
        at = match.end()
    return [run for run in [*runs, part[at:]] if run]


def fold(word: str) -> str:
    """One word in the form that is compared: Khmer reordered, Latin as a-z, other scripts folded by case."""
    if _KHMER.fullmatch(word):
        return khmer(word)
    if any(one.isalpha() and unicodedata.name(one, "").startswith("LATIN") for one in word):
        return latin(word)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return "" if folded.isdecimal() else folded


def latin(word: str) -> str:
    """Lower case a-z only: marks dropped, letters without decomposition spelled out."""
    spread = unicodedata.normalize("NFKD", word).casefold().translate(_LETTER_MAP)
    spread = unicodedata.normalize("NFKD", spread).translate(_LETTER_MAP)
    return "".join(one for one in spread if "a" <= one <= "z")


def khmer(word: str) -> str:
    """A Khmer word with the marks of each syllable in one order and look-alikes folded.

    Order: base, robat, subscripts (that of ro last), shifter, vowel, other signs; repeated marks are dropped.
    """
    text = visible(word)
    # NFC may have put U+17DD between a coeng and its letter.
    text = re.sub("\u17d2(\u17dd+)", "\\1\u17d2", text).translate(_WHOLE_MAP)
    out: list[str] = []
    at = 0
    while at < len(text):
        base = text[at] if text[at] in _BASES else ""
        at += len(base)
        marks: list[str] = []
        while at < len(text) and text[at] not in _BASES:
            mark = text[at]
            at += 1
            if mark == _COENG:
                if at < len(text) and text[at] in _BASES:
                    marks.append(_COENG + text[at])
                    at += 1
                continue  # a coeng without a letter shows nothing
            marks.append(mark)
        out.append(base + _syllable(marks))
    return "".join(out)


def _syllable(marks: list[str]) -> str:
    """The marks of one syllable in order, each once."""
    below = {"\u17d2\u178a" if mark == "\u17d2\u178f" else mark for mark in marks if mark[0] == _COENG}
    vowels = {mark for mark in marks if mark in _VOWELS}
    for second, whole in (("\u17b8", "\u17be"), ("\u17b6", "\u17c4")):
        if {"\u17c1", second} <= vowels:
            vowels = vowels - {"\u17c1", second} | {whole}
    shifters = {mark for mark in marks if mark in _SHIFTERS}
    robat = {mark for mark in marks if mark == _ROBAT}
    rest = set(marks) - robat - shifters - _VOWELS - {mark for mark in marks if mark[0] == _COENG}
    ordered = [*robat, *sorted(below, key=lambda pair: (pair[1] == _RO, pair)), *sorted(shifters), *sorted(vowels)]
    return "".join([*ordered, *sorted(rest)])


def phone(text: str) -> str:
    """A phone number as digits; Cambodia's country code becomes the leading 0, other codes stay without 00 or +."""
    plain = visible(digits(unicodedata.normalize("NFKC", text))).strip()
    found = "".join(one for one in plain if "0" <= one <= "9")
    if found.startswith("00"):
        found = found.lstrip("0")
    if found.startswith("855") and len(found) >= 10:
        found = "0" + found.removeprefix("855").lstrip("0")
    return found


def document(text: str) -> str:
    """The number of a document: A-Z and 0-9 only, upper case."""
    plain = digits(unicodedata.normalize("NFKC", visible(text))).upper()
    return "".join(one for one in plain if "A" <= one <= "Z" or "0" <= one <= "9")
