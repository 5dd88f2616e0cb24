"""What a form asks for by name, it offers under that name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask

from casework.web.forms import BaseForm, Choice

QUOTED = re.compile(r"'([^']+)'")


def forms(base: type[BaseForm] = BaseForm) -> Iterator[type[BaseForm]]:
    """Every form of the program."""
    for one in base.__subclasses__():
        if one.__module__.startswith("casework."):
            yield one
        yield from forms(one)


def test_a_question_that_names_its_answers_offers_just_these(app: Flask) -> None:
    asked, wrong = 0, []
    with app.test_request_context():
        for kind in forms():
            for field in kind(meta={"csrf": False}).fields():
                named = QUOTED.findall(field.needed or "") if isinstance(field, Choice) and field.choices else []
                labels = [choice.label.lower() for choice in field.choices] if named else []
                asked += bool(named)
                lost = [word for word in named if not any(label.startswith(word) for label in labels)]
                wrong += [f"{kind.__name__}.{field.short_name}: {word}" for word in lost]
    assert asked >= 2
    assert wrong == []
