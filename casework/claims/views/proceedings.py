"""Forms of a proceeding: start it, change who helps, record a stage, plan and settle a date."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Actor, Permission
from casework.cases.models import Case
from casework.cases.queries import get_case
from casework.claims import queries, service
from casework.claims.forms import HearingForm, ProceedingForm, SettleForm, StageForm, StartForm
from casework.claims.kinds import PROCEEDINGS, ROLE_WORDS, STAGE_GROUP_WORDS
from casework.claims.models import Proceeding
from casework.claims.views.blueprint import check_open, form_page, keep_names_apart, page_url, show_form
from casework.codes.queries import choices
from casework.web.forms import Choice, Option
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer

ORDER = (
    "kind", "role", "country", "stage", "occurred", "office", "file_number", "lawyer", "party", "about", "claimed",
    "currency",
)  # fmt: skip
"""In which order the form of a new proceeding asks."""


@form_page("/cases/<uuid:case_id>/claims/proceedings/new", Permission.NOTE_WRITE, keep=("kind",))
def start_proceeding(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a proceeding."""
    by = current()
    case = get_case(by, case_id)
    check_open(by, case_id)
    kind = request.args.get("kind", "")
    form = open_form(StartForm, draft_id, data={"kind": kind if kind in PROCEEDINGS else None, "country": "KHM"})
    _offer(form, by, case)
    wanted = [kind] if kind in PROCEEDINGS else list(PROCEEDINGS)
    form.role.choices = _roles(wanted)
    _offer_stages(form.stage, by, wanted)

    def act() -> Answer:
        service.start_proceeding(get_case(by, case_id), form.kind.data, form.proceeding(), form.first_stage(), by=by)
        return Answer(page_url(case_id), gettext("Recorded."))

    return show_form(
        form, draft_id, case, act, heading=gettext("Record a proceeding"), verb=gettext("Record"),
        template="claims/start.html", order=ORDER,
    )  # fmt: skip


@form_page("/cases/<uuid:case_id>/claims/proceedings/<uuid:proceeding_id>/change", Permission.NOTE_WRITE)
def change_proceeding(case_id: UUID, proceeding_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Change role, lawyer, court and what is claimed."""
    by = current()
    case = get_case(by, case_id)
    row = queries.get_proceeding(by, case_id, proceeding_id)
    form = open_form(ProceedingForm, draft_id, data=_as_typed(by, row))
    _offer(form, by, case)
    form.role.choices = _roles([row.kind])

    def act() -> Answer:
        found = queries.get_proceeding(by, case_id, proceeding_id)
        service.change_proceeding(
            found, get_case(by, case_id), form.proceeding(), by=by, expected_version=form.seen_version
        )
        return Answer(page_url(case_id), gettext("Changed."))

    return show_form(
        form, draft_id, case, act, heading=gettext("Proceeding"), verb=gettext("Save"),
        current_values=lambda: _as_typed(by, queries.get_proceeding(by, case_id, proceeding_id)),
    )  # fmt: skip


@form_page("/cases/<uuid:case_id>/claims/proceedings/<uuid:proceeding_id>/stage", Permission.NOTE_WRITE)
def enter_stage(case_id: UUID, proceeding_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record how far a proceeding came."""
    by = current()
    case = get_case(by, case_id)
    row = queries.get_proceeding(by, case_id, proceeding_id)
    form = open_form(StageForm, draft_id, data={"version": str(row.version), "currency": row.currency})
    _offer_stages(form.stage, by, [row.kind])
    form.currency.choices = choices("assistance_unit", group="money", language=by.language)

    def act() -> Answer:
        found = queries.get_proceeding(by, case_id, proceeding_id)
        service.enter_stage(found, get_case(by, case_id), form.reached(), by=by, expected_version=form.seen_version)
        return Answer(page_url(case_id), gettext("Recorded."))

    return show_form(form, draft_id, case, act, heading=gettext("How far it came"), verb=gettext("Record"))


@form_page("/cases/<uuid:case_id>/claims/proceedings/<uuid:proceeding_id>/dates/new", Permission.NOTE_WRITE)
def plan_hearing(case_id: UUID, proceeding_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Plan a hearing or another date."""
    by = current()
    case = get_case(by, case_id)
    queries.get_proceeding(by, case_id, proceeding_id)
    form = open_form(HearingForm, draft_id, data={"kind": "hearing"})

    def act() -> Answer:
        row = queries.get_proceeding(by, case_id, proceeding_id)
        service.plan_hearing(row, get_case(by, case_id), form.hearing(), by=by)
        return Answer(page_url(case_id), gettext("The date is on the list."))

    return show_form(form, draft_id, case, act, heading=gettext("Plan a hearing or date"), verb=gettext("Plan"))


@form_page("/cases/<uuid:case_id>/claims/dates/<uuid:hearing_id>", Permission.NOTE_WRITE)
def settle_hearing(case_id: UUID, hearing_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Say what became of a hearing or date."""
    by = current()
    case = get_case(by, case_id)
    row = queries.get_hearing(by, case_id, hearing_id)
    form = open_form(SettleForm, draft_id, data={"version": str(row.version)})

    def act() -> Answer:
        service.settle_hearing(
            queries.get_hearing(by, case_id, hearing_id),
            get_case(by, case_id),
            by=by,
            what=form.what.data,
            moved_to=form.moved_to.data,
            outcome=form.outcome.data or "",
            expected_version=form.seen_version,
        )
        return Answer(page_url(case_id), gettext("Recorded."))

    return show_form(form, draft_id, case, act, heading=gettext("What became of the date"), verb=gettext("Record"))


def _offer(form: ProceedingForm, by: Actor, case: Case) -> None:
    form.country.choices = choices("country", language=by.language)
    form.currency.choices = choices("assistance_unit", group="money", language=by.language)
    keep_names_apart(form, case, by)


def _roles(kinds: list[str]) -> list[tuple[str, str]]:
    wanted = {role for kind in kinds for role in PROCEEDINGS[kind].roles}
    return [(role, words) for role, words in ROLE_WORDS.items() if role in wanted]


def _offer_stages(field: Choice, by: Actor, kinds: list[str]) -> None:
    """The stages of these kinds of proceedings, under the headings of their groups."""
    groups = {group for kind in kinds for group in PROCEEDINGS[kind].stages}
    field.choices = [
        Option(code.code, code.label, group=STAGE_GROUP_WORDS.get(code.group, ""))
        for code in choices("legal_stage", language=by.language)
        if code.group in groups
    ]


def _as_typed(by: Actor, row: Proceeding) -> dict[str, Any]:
    """The form's values as they stand on the record."""
    values: dict[str, Any] = {name: getattr(row, name) for name in ("role", "country", "claimed", "currency")}
    values |= queries.proceeding_words(row)
    return values | {"version": str(row.version), "party": queries.party_of(by, row.id, row.case_id)}
