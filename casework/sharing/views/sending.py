"""From a need to a referral: who offers the help, the packet as they will see it, and the sending of exactly that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import offers, organisation
from casework.cases.models import Case
from casework.cases.queries import case_bar, classes_of, get_case
from casework.codes.queries import choices, find
from casework.consent.queries import standing
from casework.errors import InvalidInput, n_
from casework.people.queries import get_person
from casework.referrals.forms import NeedForm, ReferralForm
from casework.referrals.queries import get_referral, packet_for
from casework.referrals.service import Wanted
from casework.sharing import service
from casework.sharing.packet import WRITTEN, Preview
from casework.sharing.views.blueprint import bp, form_page, other_offices, read_id, shareable
from casework.web.filters import number
from casework.web.forms import Option, often_first
from casework.web.words import language
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer

CHANGED = n_("This changed since you looked. Look at what will be sent, then send it.")


@bp.get("/cases/<uuid:case_id>/referrals/choose")
@requires(Permission.REFERRAL_SEND)
def choose(case_id: UUID) -> ResponseReturnValue:
    """Choose the need, see who offers it, where, and how much room they say they have."""
    by = current()
    case = get_case(by, case_id)
    form = NeedForm(formdata=request.args)
    form.service.choices = choices("service_type")
    form.province.choices = choices("province")
    wanted = form.service.data if find("service_type", form.service.data or "") else ""
    province = form.province.data or home_province(by, case)
    offices = offers([wanted], province=province, only_there=bool(form.province.data), without=[by.organisation_id])
    seen("choose", [case_id])
    return render_template(
        "sharing/choose.html",
        form=form,
        bar=case_bar(by, case),
        offices=offices,
        province=province,
        papers=[entry for entry in standing(case_id) if entry.recipient_kind] if _owns(by, case) else [],
        wanted=wanted,
    )


def home_province(by: Actor, case: Case) -> str | None:
    """The province the person comes from, where the actor may know it: offices there stand first."""
    return get_person(case.person_id).origin_province if "demographic" in classes_of(by, case.id) else None


@form_page("/cases/<uuid:case_id>/referrals/new", Permission.REFERRAL_SEND, keep=("to", "service", "after"))
def send_referral(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Ask an office for one service."""
    return _send(case_id, draft_id, "referral")


@form_page("/cases/<uuid:case_id>/transfer", Permission.TRANSFER_SEND, keep=("to",))
def send_transfer(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Hand the whole case over to an office."""
    return _send(case_id, draft_id, "transfer")


def _send(case_id: UUID, draft_id: UUID, kind: str) -> ResponseReturnValue:
    by = current()
    case = get_case(by, case_id)
    form = _form(case_id, draft_id, kind)

    def act() -> Answer:
        sent = service.send(get_case(by, case_id), by=by, wanted=_wanted(form), digest=form.shown.data or "")
        return Answer(url_for("referrals.referral", referral_id=sent.id), gettext("It is sent."))

    def page(form: ReferralForm) -> str:
        seen("form", [case_id], form=kind)
        return _page(by, case, form, None)

    if request.method == "POST" and not form.wants_draft:
        shown = form.shown.data
        looked = _look(by, case, form) if form.validate() else None
        if looked is not None and (looked.digest != shown or request.form.get("save") == "preview"):
            seen("referral_preview", [case_id])
            changed = bool(shown) and request.form.get("save") != "preview"
            if changed:
                form.form_errors = [gettext(CHANGED)]
            return _page(by, case, form, looked), 409 if changed else 200
    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


def _form(case_id: UUID, draft_id: UUID, kind: str) -> ReferralForm:
    data = {
        "to": request.args.get("to", ""),
        "service_type": request.args.get("service", "") if kind == "referral" else "social_work_general",
        "kind": kind,
        "purpose": "referral",
        "classes": [choice.code for choice in shareable()],
    }
    form = open_form(ReferralForm, draft_id, data=data | _before(case_id, request.args.get("after")))
    form.purpose.choices = often_first(choices("consent_purpose"))
    form.priority.choices = priorities()
    form.reason.choices = choices("referral_reason")
    form.classes.choices = shareable()
    return form


def _before(case_id: UUID, referral_id: str | None) -> dict[str, object]:
    """What the sender wrote when it asked an office that did not take the person on."""
    if not referral_id:
        return {}
    by = current()
    found = get_referral(by, read_id(referral_id, field="after"))
    if found.case_id != case_id or found.author_org_id != by.organisation_id:
        return {}
    words = {line.label: line.value for line in packet_for(by, found) or []}
    return {
        "after": str(found.id),
        "purpose": found.purpose,
        "priority": found.priority,
        "reason": found.reason,
        **{name: words.get(label, "") for name, label in WRITTEN.items()},
    }


def priorities() -> list[Option]:
    """The priorities with their clocks in words."""
    found = choices("referral_priority", language=language())
    return [Option(one.code, one.label, _clock(one.extra)) for one in found]


def _clock(due: Mapping[str, str]) -> str:
    """The clock of a priority in words: the hours or days in which the office must answer."""
    count = int(due.get("due_value") or 0)
    words = {
        "hours": ngettext("answer within %(num)s hour", "answer within %(num)s hours", count),
        "days": ngettext("answer within %(num)s day", "answer within %(num)s days", count),
    }
    return number(words.get(due.get("due_unit", ""), ""))


def _wanted(form: ReferralForm) -> Wanted:
    where, _, value = (form.to.data or "").partition(":")
    return Wanted(
        service_type=form.service_type.data or "",
        priority=form.priority.data or "",
        purpose=form.purpose.data or "",
        to_org_id=read_id(value, field="to") if where == "org" else None,
        entry_id=read_id(value, field="to") if where == "entry" else None,
        kind="transfer" if form.kind.data == "transfer" else "referral",
        reason=form.reason.data,
        need=form.need.data,
        follow_up=form.follow_up.data,
        not_to_say=form.not_to_say.data,
        next_contact_on=form.next_contact_on.data,
        classes=frozenset(form.classes.data or ()),
        replaces_id=read_id(form.after.data, field="to") if form.after.data else None,
    )


def _look(by: Actor, case: Case, form: ReferralForm) -> Preview | None:
    """The preview, or None with the reason beside its field."""
    try:
        return service.look(case, by=by, wanted=_wanted(form))
    except InvalidInput as error:
        form.blame(error)
        return None


def _page(by: Actor, case: Case, form: ReferralForm, looked: Preview | None) -> str:
    """The form; under it, once the sender looked, exactly what would be sent."""
    form.shown.data, form.shown.raw_data = (looked.digest if looked else ""), None
    where, _, value = (form.to.data or "").partition(":")
    office: Any = None
    if where == "org":
        try:
            office = organisation(read_id(value, field="to"))
        except InvalidInput:
            office = None
    return render_template(
        "sharing/send.html",
        form=form,
        bar=case_bar(by, case),
        looked=looked,
        office=office,
        transfer=form.kind.data == "transfer",
        offices=other_offices(by, with_users=True) if form.kind.data == "transfer" else [],
    )


def _owns(by: Actor, case: Case) -> bool:
    return case.owner_org_id == by.organisation_id
