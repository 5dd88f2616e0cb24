"""Forms of the workers whose records stand apart: the health check, a session."""

from __future__ import annotations

from typing import cast

from casework.assistance.health import CONSENTS, PARTS, QUESTIONS
from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Day, LongText, Text, Tick


class HealthCheckBase(BaseForm):
    """Consent first, then questions that may all be left open."""

    checked_on = Day(n_("Day of the check"), needed=n_("Enter the day of the check."), past=True)
    consent = Choice(
        n_("Consent to this health check"),
        needed=n_("Say whether the person agreed to the health check."),
        choices=list(CONSENTS.items()),
        hint=n_("Ask for it apart from any other consent. Who says no loses no other help."),
    )
    facility = Text(n_("Sent to this hospital or health centre"))
    note = LongText(n_("What you found"), rows=4, limit=5_000)
    tell_travel = Tick(n_("Tell those who arrange the return whether the person is fit to travel, and nothing else"))

    def answers(self) -> dict[str, str]:
        """Question → answer, for those that were answered."""
        given = {question.code: self[question.code].data for question in QUESTIONS}
        return {code: answer for code, answer in given.items() if answer}

    def parts(self) -> list[tuple[str, list[Choice]]]:
        """The questions under their headings (message ids)."""
        return [(words, [self[one.code] for one in QUESTIONS if one.part == part]) for part, words in PARTS.items()]


HealthCheckForm = cast(
    type[HealthCheckBase],
    type(
        "HealthCheckForm",
        (HealthCheckBase,),
        {
            one.code: Choice(
                one.label,
                choices=list(one.answers.items()),
                hint=one.hint,
                inline=len(one.answers) < 4,
                optional_mark=False,
            )
            for one in QUESTIONS
        },
    ),
)


class SessionForm(BaseForm):
    """A visit, talk or advice."""

    service_type = Choice(n_("What kind"), needed=n_("Choose what kind it was."), look="select")
    held_on = Day(n_("Day"), needed=n_("Enter the day."), past=True)
    who = Text(n_("Who was there, and where"), limit=300)
    note = LongText(n_("What was found or talked about"), rows=6)
    given = LongText(n_("What was given or decided"), rows=3, limit=2_000)
    next_on = Day(
        n_("Next day"), hint=n_("Stands in your list of the day, for your eyes and your colleagues of the same field.")
    )
    as_help = Tick(n_("Count it as help given, too"))
