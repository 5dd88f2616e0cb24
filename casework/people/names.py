"""Names in two scripts as one document: family and given apart, neither derived from the other (docs/domain.md 11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from casework.codes.dates import UNKNOWN, PartialDate, Precision
from casework.errors import InvalidInput, n_
from casework.vault.text import clean_line

LIMIT = 100
MOST_ALIASES = 10
UNNAMED = n_("Name not known")
PARTS = ("latin_family", "latin_given", "khmer_family", "khmer_given", "use_name")
_KHMER = re.compile("[\u1780-\u17ff]")


@dataclass(frozen=True, slots=True)
class Names:
    """What a person is called. Every part may be empty; a third person's may all be."""

    latin_family: str = ""
    latin_given: str = ""
    khmer_family: str = ""
    khmer_given: str = ""
    use_name: str = ""
    """The name the person wants to be called by."""
    aliases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, part) for part in PARTS) or bool(self.aliases)

    @property
    def latin(self) -> str:
        """Family name first, as on Cambodian papers."""
        return f"{self.latin_family} {self.latin_given}".strip()

    @property
    def khmer(self) -> str:
        """Family name first."""
        return f"{self.khmer_family} {self.khmer_given}".strip()


Name = Names
NOBODY = Names()


def cleaned(names: Names) -> Names:
    """The names without control characters, each on one line. Raises InvalidInput for too long or the wrong script."""
    values = {part: clean_line(getattr(names, part), limit=LIMIT, field=part) for part in PARTS}
    for part in ("khmer_family", "khmer_given"):
        if values[part] and not _KHMER.search(values[part]):
            raise InvalidInput(n_("Write this name in Khmer letters, or use the field for Latin letters."), field=part)
    for part in ("latin_family", "latin_given"):
        if _KHMER.search(values[part]):
            raise InvalidInput(n_("Write this name in Latin letters, or use the field for Khmer letters."), field=part)
    aliases = [clean_line(alias, limit=LIMIT, field="aliases") for alias in names.aliases]
    kept = tuple(dict.fromkeys(alias for alias in aliases if alias))
    if len(kept) > MOST_ALIASES:
        raise InvalidInput(n_("Enter at most %(most)s other names."), field="aliases", most=MOST_ALIASES)
    return replace(Names(), **values, aliases=kept)


def to_document(names: Names, birth: PartialDate = UNKNOWN) -> dict[str, object]:
    """The document that is sealed: names, and the birth date as ISO 8601 (a day, or first/last of an interval)."""
    document: dict[str, object] = {key: value for key, value in asdict(names).items() if value}
    document["aliases"] = list(names.aliases)
    if birth.first is not None and birth.last is not None:
        ends = (birth.first.isoformat(), birth.last.isoformat())
        document["birth_date"] = ends[0] if ends[0] == ends[1] else "/".join(ends)
    return document


def from_document(document: Mapping[str, object] | None) -> Names:
    """The names in a sealed document; none of an erased person."""
    if not document:
        return Names()
    aliases = document.get("aliases") or ()
    found = tuple(str(alias) for alias in aliases) if isinstance(aliases, list | tuple) else ()
    return Names(**{part: str(document.get(part) or "") for part in PARTS}, aliases=found)


def birth_of(document: Mapping[str, object] | None, precision: str) -> PartialDate:
    """The exact birth in a sealed document, as precise as the plain column says."""
    text = str((document or {}).get("birth_date") or "")
    if not text or precision == Precision.UNKNOWN:
        return UNKNOWN
    first, _, last = text.partition("/")
    return PartialDate(date.fromisoformat(first), date.fromisoformat(last or first), Precision(precision))


def display_name(names: Names | None, language: str = "en") -> str:
    """The name to show: Khmer where Khmer is read and known, else Latin, else whatever there is.

    Gives the message id UNNAMED when there is none; pages translate it.
    """
    if names is None:
        return UNNAMED
    scripts = (names.khmer, names.latin) if language == "km" else (names.latin, names.khmer)
    candidates = (*scripts, names.use_name, *names.aliases)
    return next((name for name in candidates if name), UNNAMED)
