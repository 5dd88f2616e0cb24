"""The ledger of a case: read, record, repeat with one tap, reverse."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import organisations
from casework.assistance import queries, service
from casework.assistance.forms import HelpForm, ReverseForm
from casework.assistance.models import ServiceLine
from casework.assistance.views.blueprint import bp, form_page, show_form
from casework.assistance.workflow import NEEDS, RECEIPT_WORDS, REVERSAL_WORDS, is_money, shown
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.codes.queries import choices, find
from casework.db import today, utcnow
from casework.errors import NotVisible
from casework.web.forms import Option, TapForm, chosen_id
from casework.writes.http import open_form, seen, tap
from casework.writes.orchestrator import Answer


def ledger_url(case_id: UUID) -> str:
    """The ledger of a case."""
    return url_for("assistance.ledger", case_id=case_id)


@bp.get("/cases/<uuid:case_id>/help")
@requires(Permission.CASE_SEE)
def ledger(case_id: UUID) -> ResponseReturnValue:
    """What was given, as far as the actor may see, with totals, repeats and first needs."""
    by = current()
    case = get_case(by, case_id)
    before = _line(by, case_id, request.args.get("before"))
    found = queries.ledger(by, case, before=before)
    repeats = queries.repeats(by, case)
    rows, more = found[: queries.PAGE], len(found) > queries.PAGE
    seen("help", [case_id], count=len(rows))
    return render_template(
        "assistance/ledger.html",
        bar=case_bar(by, case),
        rows=rows,
        totals=queries.totals(by, case_id=case_id),
        repeats=repeats,
        quick=queries.usual_gifts(repeats),
        version=queries.count_lines(by, case),
        needs=queries.needs_now(by, case),
        need_list=NEEDS,
        reversal_words=REVERSAL_WORDS,
        receipt_words=RECEIPT_WORDS,
        next_url=url_for(".ledger", case_id=case_id, before=rows[-1].line.id) if more else "",
    )


def _line(by: Actor, case_id: UUID, text: str | None) -> ServiceLine | None:
    """The line named in an address, or None for anything else."""
    try:
        return queries.get_line(by, case_id, UUID(text)) if text else None
    except (ValueError, NotVisible):
        return None


@form_page("/cases/<uuid:case_id>/help/new", Permission.ASSISTANCE_RECORD, keep=("like", "what"))
def record_help(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record one line of help."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(
        HelpForm, draft_id, data=_beginning(_line(by, case_id, request.args.get("like")), request.args.get("what"))
    )
    _offer(form, by, case)

    def act() -> Answer:
        provider = form.provider_org_id.data
        service.record_help(
            get_case(by, case_id),
            by=by,
            service_type=form.service_type.data,
            quantity=form.quantity.data,
            unit=form.unit.data,
            occurred_at=form.occurred_at.data,
            unit_cost=form.unit_cost.data,
            currency=form.currency.data,
            provider_org_id=chosen_id(provider),
            province=form.province.data,
            receipt=form.receipt.data or "none",
            paper=form.paper.data,
            cap_reason=form.cap_reason.data,
            note=form.note.data,
            shares=form.shares(),
            anyway=form.anyway.data,
        )
        return Answer(ledger_url(case_id), gettext("The help is recorded."))

    words = {"heading": gettext("Record help"), "verb": gettext("Record help")}
    return show_form(form, draft_id, case, act, **words, back=ledger_url(case_id), template="assistance/help.html")


def _beginning(like: ServiceLine | None, what: str | None = None) -> dict[str, Any]:
    """What stands in a fresh form: one, now; or the values of a line to be given again."""
    usual = {"quantity": 1, "occurred_at": utcnow(), "currency": "USD", "receipt": "none"}
    values: dict[str, Any] = usual | {"service_type": what}
    if like is None:
        return values
    unit = find("assistance_unit", like.unit)
    return values | {
        "service_type": like.service_type,
        "quantity": shown(abs(like.quantity), unit),
        "unit": like.unit,
        "unit_cost": None if unit and is_money(unit) else like.unit_cost,
        "currency": like.currency or "USD",
        "province": like.province,
    }


def _offer(form: HelpForm, by: Actor, case: Case) -> None:
    """Hand the answers in; only services whose class this role may write on the case."""
    form.service_type.choices = [
        Option(one.code, one.label, group=one.group) for one in queries.offered_services(by, case.id, by.language)
    ]
    form.unit.choices = choices("assistance_unit", language=by.language)
    form.currency.choices = choices("assistance_unit", group="money", language=by.language)
    form.province.choices = choices("province", language=by.language)
    form.receipt.choices = list(RECEIPT_WORDS.items())
    form.provider_org_id.choices = [Option(str(one.id), one.name) for one in organisations()]
    usable = [
        Option(str(fund.id), f"{fund.project} ({fund.currency})")
        for fund in queries.usable_funds(by.organisation_id, today())
    ]
    form.fund.choices, form.fund_2.choices = usable, usable


@bp.post("/cases/<uuid:case_id>/help/<uuid:line_id>/again")
@requires(Permission.ASSISTANCE_RECORD)
def repeat(case_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """One tap: the same again, now. Where a cap warns, the whole form is opened with the same values."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        case = get_case(by, case_id)
        line = queries.get_line(by, case_id, line_id)
        try:
            service.repeat_help(case, line, by=by)
        except service.CapReached as warning:
            words = gettext(warning.message, **warning.values)
            return Answer(url_for(".new_record_help", case_id=case_id, like=line_id), words)
        return Answer(ledger_url(case_id), gettext("The help is recorded."))

    return tap(form, record_id=line_id, version=version, action="again", act=act)


@bp.post("/cases/<uuid:case_id>/help/now/<service_type>")
@requires(Permission.ASSISTANCE_RECORD)
def give_now(case_id: UUID, service_type: str) -> ResponseReturnValue:
    """One tap: one unit of a usual service, now. Where a cap warns, the whole form is opened with it."""
    by = current()
    form = TapForm()

    def act() -> Answer:
        try:
            service.give_usual(get_case(by, case_id), by=by, service_type=service_type)
        except service.CapReached as warning:
            words = gettext(warning.message, **warning.values)
            return Answer(url_for(".new_record_help", case_id=case_id, what=service_type), words)
        return Answer(ledger_url(case_id), gettext("The help is recorded."))

    return tap(form, record_id=case_id, version=form.seen_version or 0, action=f"now:{service_type}", act=act)


@bp.get("/cases/<uuid:case_id>/help/<uuid:line_id>/receipt")
@requires(Permission.ASSISTANCE_RECORD)
def receipt(case_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """A receipt to sign: what and how much, no name and no word of why."""
    by = current()
    case = get_case(by, case_id)
    line = queries.get_line(by, case_id, line_id)
    seen("help", [case_id], part="receipt", **{"class": line.data_class})
    return render_template("assistance/receipt.html", line=line, code=case.code)


@form_page("/cases/<uuid:case_id>/help/<uuid:line_id>/reverse", Permission.ASSISTANCE_REVERSE)
def reverse(case_id: UUID, line_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Reverse a line that is wrong."""
    by = current()
    case = get_case(by, case_id)
    line = queries.get_line(by, case_id, line_id)
    form = open_form(ReverseForm, draft_id)
    form.reason.choices = list(REVERSAL_WORDS.items())

    def act() -> Answer:
        fresh_case, wrong = get_case(by, case_id), queries.get_line(by, case_id, line_id)
        service.reverse(wrong, fresh_case, by=by, reason=form.reason.data, note=form.note.data)
        return Answer(ledger_url(case_id), gettext("The line is reversed. Record the right one if there is one."))

    words = {"heading": gettext("Reverse a line of help"), "verb": gettext("Reverse line")}
    return show_form(
        form, draft_id, case, act, **words, back=ledger_url(case_id), template="assistance/reverse.html", line=line
    )
