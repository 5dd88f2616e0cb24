"""Hand-outs: one page for a group or for all who stay in a house tonight."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.views.addresses import form_at
from casework.assistance import queries, service
from casework.assistance.forms import HandOutForm, ReverseForm
from casework.assistance.queries import Reached
from casework.assistance.views.blueprint import bp
from casework.assistance.workflow import RECEIPT_WORDS, REVERSAL_WORDS, data_class_of
from casework.codes.queries import choices
from casework.db import today, utcnow
from casework.errors import n_
from casework.web.forms import Option
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer


@form_at(
    bp,
    "/groups/<uuid:group_id>/hand-out",
    Permission.ASSISTANCE_RECORD,
    begin="new_group_hand_out",
    load=queries.group_people,
)
def hand_out_to_group(group_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Give the same to the people of a group."""
    people = queries.group_people(current(), group_id)
    return _hand_out(people, draft_id, url_for(".group", group_id=group_id), group_id=group_id)


@form_at(
    bp,
    "/houses/<uuid:house_id>/hand-out",
    Permission.ASSISTANCE_RECORD,
    Permission.STAY_MANAGE,
    begin="new_house_hand_out",
    load=queries.house_people,
)
def hand_out_in_house(house_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Give the same to all who stay in a house tonight."""
    people = queries.house_people(current(), house_id)
    return _hand_out(people, draft_id, url_for(".beds"), house_id=house_id)


def _hand_out(
    people: Sequence[Reached], draft_id: UUID, back: str, group_id: UUID | None = None, house_id: UUID | None = None
) -> ResponseReturnValue:
    by = current()
    everybody = [str(one.case.id) for one in people]
    begin = {"quantity": 1, "way": "each", "people": everybody, "occurred_at": utcnow(), "receipt": "none"}
    form = open_form(HandOutForm, draft_id, data=begin | {"currency": "USD"})
    _offer(form, by, people)

    def act() -> Answer:
        gift = service.Gift(
            service_type=form.service_type.data,
            quantity=form.quantity.data,
            unit=form.unit.data,
            occurred_at=form.occurred_at.data,
            unit_cost=form.unit_cost.data,
            currency=form.currency.data,
            receipt=form.receipt.data or "none",
            shares=form.shares(),
        )
        try:
            handout = service.hand_out(
                gift,
                by=by,
                case_ids=form.case_ids(),
                group_id=group_id,
                house_id=house_id,
                household=form.way.data == "household",
                anyway=form.anyway.data,
            )
        except service.CapsReached as warning:
            _offer(form, by, people, warning.cases)
            raise
        return Answer(url_for(".handout", handout_id=handout.id), gettext("The hand-out is recorded."))

    def page(form: HandOutForm) -> str:
        seen("help", [one.case.id for one in people], part="handout")
        return render_template("assistance/hand_out.html", form=form, back=back, people=people)

    return submit(form, key=draft_id, act=act, page=page)


def _offer(form: HandOutForm, by: Actor, people: Sequence[Reached], often: Collection[UUID] = ()) -> None:
    """Hand the answers in; beside who got it too often stands that they did."""
    warning = n_("Got it as often as allowed already")
    form.people.choices = [
        Option(str(one.case.id), one.name or one.case.code, warning if one.case.id in often else "") for one in people
    ]
    plain = [one for one in choices("service_type", language=by.language) if data_class_of(one) == "assistance"]
    form.service_type.choices = [Option(one.code, one.label, group=one.group) for one in plain]
    form.unit.choices = choices("assistance_unit", language=by.language)
    form.currency.choices = choices("assistance_unit", group="money", language=by.language)
    form.receipt.choices = list(RECEIPT_WORDS.items())
    usable = queries.usable_funds(by.organisation_id, today())
    form.fund.choices = [Option(str(fund.id), f"{fund.project} ({fund.currency})") for fund in usable]


@bp.get("/hand-outs/<uuid:handout_id>")
@requires(Permission.ASSISTANCE_RECORD)
def handout(handout_id: UUID) -> ResponseReturnValue:
    """A hand-out with its lines, as far as the actor may see them."""
    by = current()
    row, lines = queries.get_handout(by, handout_id)
    seen("help", [one.line.case_id for one in lines], part="handout")
    return render_template(
        "assistance/handout.html",
        handout=row,
        lines=lines,
        standing=[one for one in lines if not one.reversed],
        persons=len({one.line.case_id for one in lines if not one.reversed}),
    )


@form_at(bp, "/hand-outs/<uuid:handout_id>/take-back", Permission.ASSISTANCE_REVERSE, load=queries.get_handout)
def take_back(handout_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Take a whole hand-out back: every line that stands is reversed."""
    by = current()
    _, lines = queries.get_handout(by, handout_id)
    form = open_form(ReverseForm, draft_id)
    form.reason.choices = list(REVERSAL_WORDS.items())
    back = url_for(".handout", handout_id=handout_id)

    def act() -> Answer:
        service.take_back(handout_id, by=by, reason=form.reason.data, note=form.note.data)
        return Answer(back, gettext("The hand-out is taken back."))

    def page(form: ReverseForm) -> str:
        seen("help", [one.line.case_id for one in lines], part="handout")
        return render_template("assistance/take_back.html", form=form, back=back)

    return submit(form, key=draft_id, act=act, page=page)
