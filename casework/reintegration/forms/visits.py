"""Forms of visits: rhythm, one visit, what it brought, missed, another day, a try, what happened to the person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from casework.codes.queries import Choice as Code
from casework.errors import n_
from casework.reintegration.kinds import KIN_WORDS, STANDING_WORDS
from casework.web.forms import BaseForm, Choice, Day, LongText, PartialDate, YesNo


class ScheduleForm(BaseForm):
    """A rhythm of visits."""

    rhythm = Choice(n_("Rhythm"), needed=n_("Choose a rhythm."))
    home_on = Day(
        n_("Day of return home"),
        needed=n_("Enter the date of return."),
        hint=n_("The visits are counted from this day."),
        past=True,
    )
    assignee_id = Choice(n_("Who visits"), hint=n_("Leave empty if it is not settled."), look="select")


class OneVisitForm(BaseForm):
    """One visit planned by hand."""

    due_on = Day(n_("Day"), needed=n_("Enter the day of the visit or call."), future=True)
    mode = Choice(n_("How"), needed=n_("Choose how."), look="select")
    assignee_id = Choice(n_("Who visits"), look="select")


class VisitForm(BaseForm):
    """What a visit or call brought: how things are, what was promised and kept, what next."""

    standing = Choice(n_("How things stand"), choices=list(STANDING_WORDS.items()), look="radios")
    done_on = Day(n_("Day of the visit or call"), needed=n_("Enter the day of the visit or call."), past=True)
    mode = Choice(n_("How"), needed=n_("Choose how."), look="select")
    situation = LongText(
        n_("How things are"), hint=n_("Needed when there are worries or danger."), rows=4, limit=10_000
    )
    promises = LongText(n_("What was promised, and what was kept"), rows=3, limit=5_000)
    next_steps = LongText(n_("What next"), rows=3, limit=5_000)
    next_on = Day(n_("Plan one more visit on"), future=True)

    def scores(self) -> dict[str, int]:
        """Area of life → score, for those that were scored."""
        return {
            field.short_name.removeprefix("score_"): int(field.data)
            for field in self.fields()
            if field.short_name.startswith("score_") and field.data
        }

    def lasting(self) -> dict[str, int]:
        """Dimension → hundredths, for those that were answered."""
        return {
            field.short_name.removeprefix("lasting_"): int(field.data)
            for field in self.fields()
            if field.short_name.startswith("lasting_") and field.data
        }


LASTING = [("10", n_("not at all")), ("35", n_("a little")), ("65", n_("mostly")), ("90", n_("fully"))]
"""Answers on a dimension of lasting reintegration, as hundredths of the scale from 0 to 1."""


def scored(domains: Iterable[Code], dimensions: Iterable[Code] = ()) -> type[VisitForm]:
    """The visit's form with a question for each of these areas of life: 1 most vulnerable, 4 least; and for each
    dimension of lasting reintegration."""
    marks = [(str(score), str(score)) for score in range(1, 5)]
    questions = {
        f"score_{domain.code}": Choice(domain.label, choices=marks, inline=True, look="radios", optional_mark=False)
        for domain in domains
    }
    for one in dimensions:
        questions[f"lasting_{one.code}"] = Choice(
            one.label, choices=LASTING, inline=True, look="radios", optional_mark=False
        )
    return cast(type[VisitForm], type("ScoredVisitForm", (VisitForm,), questions))


class MissForm(BaseForm):
    """A visit that did not take place."""

    result = Choice(n_("What happened"), needed=n_("Choose what happened."))
    note = LongText(n_("Note"), needed=n_("Write what happened and what you will do."), rows=3, limit=2_000)
    again_on = Day(n_("Plan another visit on"), future=True)


class MoveForm(BaseForm):
    """Another day for a visit."""

    due_on = Day(n_("New day"), needed=n_("Enter the new day."), future=True)
    reason = Choice(n_("Why"), needed=n_("Say why the day changes."))


class AttemptForm(BaseForm):
    """A try to reach the person."""

    tried_on = Day(n_("Day"), needed=n_("Enter the day."), past=True)
    mode = Choice(n_("How"), needed=n_("Choose how."), look="select")
    next_on = Day(n_("Try again on"), hint=n_("Another day and hour than before."), future=True)
    next_mode = Choice(n_("Then how"), hint=n_("By another safe channel, if there is one."), look="select")


class FactForm(BaseForm):
    """A death, a disappearance, a missed arrival."""

    occurred = PartialDate(n_("When"), hint=n_("As far as it is known."), past=True)
    source = Choice(n_("How we know"), needed=n_("Choose how we know."))
    known = LongText(n_("What is known, and from whom"), rows=4, limit=10_000)
    kin = Choice(n_("The next of kin"), choices=list(KIN_WORDS.items()), look="radios")
    next_of_kin = LongText(
        n_("Who of the family was told, or will tell the others"),
        hint=n_("Only people whom the person called safe."),
        rows=2,
        limit=2_000,
    )
    authority_told = YesNo(n_("Was the police or the authority told?"))


class FoundForm(BaseForm):
    """What was recorded does not stand any more."""

    reason = Choice(
        n_("Why it does not stand any more"), needed=n_("Say why it does not stand any more."), look="radios"
    )
    occurred = PartialDate(n_("Since when"), hint=n_("As far as it is known."), past=True)
    source = Choice(n_("How we know"), needed=n_("Choose how we know."))
    known = LongText(n_("What is known, and from whom"), rows=4, limit=10_000)
