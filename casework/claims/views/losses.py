"""Forms of a loss: record it, and mend it as the claim goes on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Actor, Permission
from casework.cases.models import Case
from casework.cases.queries import get_case
from casework.claims import queries, service
from casework.claims.forms import LossForm
from casework.claims.kinds import PROCEEDINGS, SIDE_WORDS
from casework.claims.models import Loss
from casework.claims.views.blueprint import check_open, form_page, keep_names_apart, page_url, show_form
from casework.codes.queries import choices
from casework.web.dates import PartialDay
from casework.web.forms import Option
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer

KNOWN = frozenset({"day", "month", "year"})
"""Precisions that boxes of a date can show again."""


@form_page("/cases/<uuid:case_id>/claims/losses/new", Permission.NOTE_WRITE)
def add_loss(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record what was lost or is owed."""
    by = current()
    case = get_case(by, case_id)
    check_open(by, case_id)
    form = open_form(LossForm, draft_id, data={"state": "open", "currency": "USD"})
    _offer(form, by, case)

    def act() -> Answer:
        service.add_loss(get_case(by, case_id), form.loss(), by=by)
        return Answer(page_url(case_id), gettext("Recorded."))

    return show_form(form, draft_id, case, act, heading=gettext("Record a loss or debt"), verb=gettext("Record"))


@form_page("/cases/<uuid:case_id>/claims/losses/<uuid:loss_id>", Permission.NOTE_WRITE)
def mend_loss(case_id: UUID, loss_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Change what is known of a loss: claimed, recovered, more evidence."""
    by = current()
    case = get_case(by, case_id)
    row = queries.get_loss(by, case_id, loss_id)
    form = open_form(LossForm, draft_id, data=_as_typed(by, row))
    _offer(form, by, case)

    def act() -> Answer:
        found = queries.get_loss(by, case_id, loss_id)
        service.mend_loss(found, get_case(by, case_id), form.loss(), by=by, expected_version=form.seen_version)
        return Answer(page_url(case_id), gettext("Changed."))

    return show_form(
        form, draft_id, case, act, heading=gettext("Loss or debt"), verb=gettext("Save"),
        current_values=lambda: _as_typed(by, queries.get_loss(by, case_id, loss_id)),
    )  # fmt: skip


def _offer(form: LossForm, by: Actor, case: Case) -> None:
    """Hand the lists in; without any proceeding nobody is asked for one."""
    form.kind.choices = [
        Option(code.code, code.label, group=SIDE_WORDS.get(code.group, ""))
        for code in sorted(choices("loss_kind", language=by.language), key=lambda one: _place(one.group))
    ]
    form.holder.choices = choices("loss_holder", language=by.language)
    form.currency.choices = choices("assistance_unit", group="money", language=by.language)
    proceedings = queries.proceedings_of(by, case.id)
    if not proceedings:
        del form.proceeding_id
    else:
        form.proceeding_id.choices = [Option(str(view.proceeding.id), _short(view)) for view in proceedings]
    keep_names_apart(form, case, by)


def _place(side: str) -> int:
    sides = list(SIDE_WORDS)
    return sides.index(side) if side in sides else len(sides)


def _short(view: queries.ProceedingView) -> str:
    """A proceeding in few words: its kind, and its court or file."""
    words = gettext(PROCEEDINGS[view.proceeding.kind].label)
    more = view.words.get("office") or view.words.get("file_number")
    return f"{words}, {more}" if more else words


def _as_typed(by: Actor, row: Loss) -> dict[str, Any]:
    """The form's values as they stand on the record."""
    names = ("kind", "holder", "amount", "claimed", "recovered", "currency", "state", "claimed_on")
    values: dict[str, Any] = {name: getattr(row, name) for name in names}
    if row.occurred_from is not None and row.occurred_to is not None and row.occurred_precision in KNOWN:
        values["since"] = PartialDay(row.occurred_from, row.occurred_to, str(row.occurred_precision))
    values |= queries.loss_words(row)
    values |= {"version": str(row.version), "party": queries.party_of(by, row.id, row.case_id)}
    return values | {"proceeding_id": str(row.proceeding_id) if row.proceeding_id else None}
