"""Every code list is used or says why not, and no code that an administrator may retire decides anything."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from casework.codes.catalogue import Kind, described, info
from tests.meta.source import python, templates, text, tree

KHMER = re.compile(r"[\u1780-\u17ff]")
DATA = Path(__file__).parents[2] / "casework" / "codes" / "data"
DECISION = Path("docs/decisions/0013-code-lists.md")
PLACES = {"cambodia_district": "district", "cambodia_province": "province"}
"""Data files whose list has another name in the program."""

OWN_WORDS = {
    "open": "state of a task, path, station, case",
    "closed": "state of a case",
    "done": "state of a step or task",
    "none": "nothing said, or no document at all",
    "self": "the person, not somebody in their place",
    "guardian": "the guardian, not the person",
    "transfer": "a case handed over, a kind of referral",
    "referral": "a kind of record",
    "day": "unit of time",
    "week": "unit of time",
    "month": "unit of time",
    "year": "unit of time",
    "authority": "the name of a field",
    "unknown": "nothing decided yet",
    "other": "a line with words of its own",
}
"""Words that codes share with states and kinds of the program itself: what they are there."""

ALLOWED = {
    ("casework/cases/forms.py", "arranged"): "a group of manners of return, which has the name of one of them",
    ("casework/demo/acts/registering.py", "voice_call"): "invented numbers get a text that fits their channel",
    ("casework/demo/acts/returning.py", "laissez_passer"): "the invented return travels on this paper",
}
"""(file, code): why a code of a list that may change stands in a comparison all the same."""


NO_PAGE = {
    "cambodia_district": "the gazetteer of the country, no list of an office",
    "cambodia_province": "the gazetteer of the country, no list of an office",
    "screening_block": "changes with the questions of the screening, which are one whole",
    "screening_question": "changes with the logic of the screening, which is one whole",
}
"""Data files that the catalogue of lists does not describe, with the reason."""

ENGLISH = {
    "ctdc_column": "names of columns of an exchange, which computers read",
    "htcds_excel_core": "names of columns of an exchange, which computers read",
    "htcds_field": "names of fields of an exchange, which computers read",
}
"""Lists without Khmer labels, with the reason."""


ALIKE = {
    "consent_recipient": "short names of ministries and organisations",
    "contact_channel": "names of messengers",
    "online_platform": "names of platforms",
    "organisation_type": "short names of ministries",
}
"""Lists in which a Khmer label may be the very English one, a name in Latin letters."""


@cache
def codes() -> dict[str, set[str]]:
    """Code -> the lists that administrators may change and that hold it."""
    found: dict[str, set[str]] = {}
    for path in DATA.glob("*.csv"):
        if path.stem in PLACES or info(path.stem).kind is Kind.FIXED:
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault(row["code"], set()).add(path.stem)
    return found


def compared(path: Path) -> Iterator[tuple[int, str]]:
    """Texts with which something is compared in a file: in an `if`, a comprehension, a match."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            values = [one for side in sides for one in (side.elts if hasattr(side, "elts") else [side])]
        elif isinstance(node, ast.MatchValue):
            values = [node.value]
        else:
            continue
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.lineno, value.value


def unused() -> set[str]:
    """Lists that neither the program (outside of `codes`) nor a page names."""
    elsewhere = [path for path in python() if path.parts[1] != "codes"]
    said = "\n".join(text(path) for path in (*elsewhere, *templates()))
    data = Path("casework")
    said += "\n".join(one.read_text(encoding="utf-8") for one in sorted(data.glob("*/data/*.toml")))
    names = {PLACES.get(path.stem, path.stem) for path in DATA.glob("*.csv")}
    return {name for name in names if not re.search(rf"""["']{name}["']""", said)}


def told() -> dict[str, str]:
    """The lists that the decision names as not used yet, with the reason."""
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|$", text(DECISION), re.MULTILINE)
    return dict(rows)


def test_every_list_is_used_or_the_decision_says_why_not() -> None:
    assert unused() <= set(told()), unused() - set(told())
    assert set(told()) <= {path.stem for path in DATA.glob("*.csv")}
    assert all(len(reason) > 20 for reason in told().values())


def test_every_list_is_described_or_says_why_it_has_no_page() -> None:
    stems = {path.stem for path in DATA.glob("*.csv")}
    assert stems - set(described()) == NO_PAGE.keys(), "describe a new list in casework/codes/catalogue.py"
    assert set(described()) <= stems


def test_every_label_that_people_read_has_khmer() -> None:
    without = []
    for path in sorted(DATA.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                words = "name" if path.stem in PLACES else "label"
                said, english = row[f"{words}_km"], row[f"{words}_en"]
                named = path.stem in ALIKE and said and said in english
                if path.stem not in ENGLISH and not KHMER.search(said) and not named:
                    without.append(f"{path.stem}.{row['code']}: {said!r}")
    assert not without, f"{len(without)} without Khmer: {without[:10]}"


def test_no_code_that_may_be_retired_decides_anything() -> None:
    """What a code means to the program is an attribute of its list, or the list is fixed (decision 0013)."""
    found = {
        (str(path), value)
        for path in python()
        if path.parts[1] != "codes"
        for _, value in compared(path)
        if value in codes() and value not in OWN_WORDS
    }
    assert found <= set(ALLOWED), found - set(ALLOWED)
