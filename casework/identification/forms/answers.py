"""The questions of a screening in plain words, grouped with the reason for asking; made from the code lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NamedTuple, cast

from casework.codes.queries import Code
from casework.errors import n_
from casework.identification.kinds import ANSWER_WORDS
from casework.identification.queries import Block
from casework.web.fields import Own
from casework.web.forms import BaseForm, Choice, Choices, LongText, Number, Text


class Part(NamedTuple):
    """Some questions that belong together: heading, why we ask, names of the fields, whether it is unfolded."""

    heading: str
    reason: str
    fields: tuple[str, ...]
    fits: bool = False


PARTS = (
    Part(
        n_("How it began"),
        n_("We ask to see whether the offer was honest and whether the person could say no."),
        ("indicator_D1", "indicator_D2", "indicator_D3"),
    ),
    Part(
        n_("The work, or what the person had to do"),
        n_("We ask to see whether the work was fair: hours, pay, safety, food and rest."),
        ("indicator_D4",),
    ),
    Part(
        n_("Free to leave, or not"),
        n_("We ask because work that nobody may leave is not free, even where it is paid."),
        ("indicator_D5", "indicator_D6"),
    ),
    Part(
        n_("What was done, how, and what for"),
        n_("We keep the three apart. Bad work alone does not show all of them."),
        ("act", "protocol_means", "exploitation_type"),
    ),
    Part(
        n_("More signs: forced work"),
        n_("The short list that is used in many countries. One sign may be enough, or several may be needed."),
        ("forced_labour_indicator",),
    ),
)
LAST = (
    Part(n_("More signs"), n_("Signs that belong to none of the parts above."), ("signs_other",)),
    Part(
        n_("What made it easier to use the person"),
        n_("We ask to plan help and to prevent that it happens again. It is no sign that it happened."),
        ("vulnerability",),
    ),
)
FIELDS: Mapping[str, tuple[type[Own], Mapping[str, Any]]] = {
    "text": (Text, {"limit": 500}),
    "long": (LongText, {"rows": 3, "limit": 3_000}),
    "number": (Number, {"highest": 1_000, "width": 5}),
    "yes_no": (Choice, {"choices": ANSWER_WORDS.items(), "inline": True, "look": "radios"}),
    "one": (Choice, {"look": "select"}),
    "several": (Choices, {}),
}
"""Kind of a question -> its field, with its settings."""


class AnswersBase(BaseForm):
    """What was noted. Everything may be left open; nothing is asked twice."""

    signs: ClassVar[dict[str, str]] = {
        **{f"indicator_D{number}": "indicator" for number in range(1, 7)},
        "act": "act",
        "protocol_means": "protocol_means",
        "exploitation_type": "exploitation_type",
        "forced_labour_indicator": "forced_labour_indicator",
        "signs_other": "supplementary_indicator",
        "vulnerability": "vulnerability",
    }
    """Field -> code list whose codes are ticked in it."""
    questions: ClassVar[dict[str, Code]] = {}
    """Field -> question of a block that is answered in it."""

    earlier = Choices(n_("Answered before: do not ask again"), hint=n_("Tick what still holds."))
    indicator_D1 = Choices(n_("Was something untrue in the offer?"))
    indicator_D2 = Choices(n_("Was the person forced or threatened to go?"))
    indicator_D3 = Choices(n_("Was a difficult situation used?"))
    indicator_D4 = Choices(n_("How was the work?"))
    indicator_D5 = Choices(n_("Was the person forced, threatened or kept there?"))
    indicator_D6 = Choices(n_("Was the person dependent on somebody there?"))
    act = Choices(n_("What was done"))
    protocol_means = Choices(n_("How it was done"))
    exploitation_type = Choices(n_("What for"))
    forced_labour_indicator = Choices(n_("Signs of forced work"))
    signs_other = Choices(n_("Other signs"))
    vulnerability = Choices(n_("What holds for this person"))
    testimony = LongText(
        n_("In the person's own words"),
        hint=n_("Kept sealed with this person. It is not shared without consent."),
        rows=8,
    )
    then = Choice(
        n_("What now"),
        choices=[("open", n_("Go on")), ("paused", n_("Stop here")), ("finished", n_("Finish"))],
        look="radios",
    )

    def answers(self) -> dict[str, list[str]]:
        """List -> codes that were ticked."""
        found: dict[str, list[str]] = {}
        for name, listed in self.signs.items():
            found.setdefault(listed, []).extend(self[name].data or [])
        return found

    def told(self) -> dict[str, Any]:
        """Question -> what was answered to it; None for what was left open."""
        return {
            question.code: None if self[name].data in ("", [], None) else self[name].data
            for name, question in self.questions.items()
        }


def answers_form(blocks: Iterable[Block], hints: Mapping[str, str]) -> type[AnswersBase]:
    """The form with the signs and questions of these blocks. `hints`: question -> what was said before."""
    signs, questions = dict(AnswersBase.signs), {}
    own: dict[str, Own] = {}
    for block in blocks:
        if block.signs:
            own[f"signs_{block.code}"] = Choices(n_("What fits?"), optional_mark=False)
            signs[f"signs_{block.code}"] = block.list
        for question in block.questions:
            kind, settings = FIELDS[question.extra["kind"]]
            own[f"told_{question.code}"] = kind(
                question.label, hint=hints.get(question.code, ""), optional_mark=False, **settings
            )
            questions[f"told_{question.code}"] = question
    body = {"signs": signs, "questions": questions, **own}
    return cast(type[AnswersBase], type("AnswersForm", (AnswersBase,), body))


def parts_with(blocks: Iterable[Block], fitting: Iterable[str]) -> list[Part]:
    """All parts in their order; those of the blocks in `fitting` come unfolded."""
    fits = set(fitting)
    own = [
        Part(block.label, block.why, (*([f"signs_{block.code}"] if block.signs else []),
             *(f"told_{question.code}" for question in block.questions)), block.code in fits)
        for block in blocks
    ]  # fmt: skip
    return [*PARTS, *own, *LAST]
