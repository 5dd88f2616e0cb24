"""Forms of the assessment, of the plan to stay safe, and of promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from casework.codes.queries import Choice as Code
from casework.errors import n_
from casework.reintegration.kinds import (
    BROKEN_REASONS,
    LEVEL_WORDS,
    NEED_LEVEL_WORDS,
    NEED_WORDS,
    PROMISE_WORDS,
    PROTECTION,
)
from casework.web.forms import BaseForm, Choice, Choices, Day, LongText, Text


class AssessmentForm(BaseForm):
    """The whole situation, looked at with the person; questions on needs, risks and protection are added."""

    wishes = LongText(
        n_("What the person wants, in their words"),
        needed=n_("Ask what the person wants, and write it in their words."),
        rows=3,
        limit=5_000,
    )
    strengths = LongText(n_("What helps already"), rows=3, limit=5_000)
    worries = LongText(n_("What worries the person, or us"), rows=3, limit=5_000)

    def chosen(self, beginning: str) -> dict[str, Any]:
        """What was answered to the questions whose names begin so, by the rest of the name."""
        return {
            field.short_name.removeprefix(beginning): field.data
            for field in self.fields()
            if field.short_name.startswith(beginning) and field.data
        }

    def factors(self, beginning: str) -> list[str]:
        """All boxes ticked at the four levels."""
        return [factor for ticked in self.chosen(beginning).values() for factor in ticked]


def assessed(risks: Mapping[str, list[Code]]) -> type[AssessmentForm]:
    """The form with a question for each need, and two for each level: what endangers, what protects."""
    levels = list(NEED_LEVEL_WORDS.items())
    questions: dict[str, object] = {
        f"need_{need}": Choice(words, choices=levels, inline=True, look="radios", optional_mark=False, default="none")
        for need, words in NEED_WORDS.items()
    }
    for level in LEVEL_WORDS:
        questions[f"risk_{level}"] = Choices(n_("What endangers"), choices=risks[level], optional_mark=False)
        protecting = list(PROTECTION[level].items())
        questions[f"protection_{level}"] = Choices(n_("What protects"), choices=protecting, optional_mark=False)
    return cast(type[AssessmentForm], type("AssessedForm", (AssessmentForm,), questions))


class SafetyForm(BaseForm):
    """What the person and we agree for danger."""

    signs = LongText(
        n_("How the person notices danger"),
        needed=n_("Write by what the person notices danger."),
        rows=3,
        limit=2_000,
    )
    steps = LongText(
        n_("What the person does then"), needed=n_("Write what the person does then."), rows=3, limit=2_000
    )
    places = LongText(n_("Where the person can go"), rows=2, limit=2_000)
    people = LongText(
        n_("Whom the person can call"), hint=n_("Somebody who answers at night, too."), rows=2, limit=2_000
    )
    review_on = Day(n_("Talk about it again on"), future=True)


class PromiseForm(BaseForm):
    """A promise to the person."""

    what = LongText(
        n_("What was promised"),
        needed=n_("Write what was promised."),
        hint=n_("Only what can be kept. Say 'I will ask' rather than 'you will get'."),
        rows=3,
        limit=2_000,
    )
    owner_user_id = Choice(n_("Who of us promised it"), look="select")
    by_whom = Text(n_("Or somebody else"), hint=n_("For example the commune, or another office."))
    due_on = Day(n_("By when"), future=True)


class SettleForm(BaseForm):
    """What became of a promise."""

    state = Choice(
        n_("What became of it"),
        needed=n_("Say whether it was kept."),
        choices=[(state, PROMISE_WORDS[state]) for state in ("kept", "not_kept")],
    )
    why = Choice(n_("Why it was not kept"), choices=list(BROKEN_REASONS.items()), look="radios")
    told = LongText(
        n_("What the person was told"),
        hint=n_("Needed when it was not kept. Say it before they ask."),
        rows=3,
        limit=2_000,
    )
