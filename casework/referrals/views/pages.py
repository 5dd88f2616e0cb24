"""Pages that read referrals: boxes, one referral with its packet, its letter and its receipt. Answers: `sharing`."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission, can
from casework.access.queries import names_of, organisation, organisation_names
from casework.cases.queries import Cursor, case_bar, get_case
from casework.cases.views.links import add_tab, link_record
from casework.codes.queries import get
from casework.db import today
from casework.errors import NotAllowed, NotVisible, n_
from casework.referrals import queries
from casework.referrals.models import Referral
from casework.referrals.views.blueprint import bp
from casework.referrals.workflow import MOVES, TAKEN_ON, again, by_phone
from casework.web.forms import TapForm
from casework.writes.http import seen

ANSWERS = {"accept": "accepted", "decline": "rejected", "start": "service_started", "feedback": "done"}
HEARD = {"behalf": "accepted", "begun": "service_started", "feedback": "done"}
ENDINGS = {"revoke": "revoked", "take_back": "expired"}
"""Button -> the state it leads to: of the receiver, of the sender for an office without accounts, of the sender."""

add_tab(30, n_("Referrals"), "referrals.case_referrals", Permission.CASE_SEE)
link_record("referral", "referrals.referral", "referral_id", Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND)


@bp.get("/referrals")
@requires(Permission.CASE_SEE)
def boxes() -> ResponseReturnValue:
    """Inbox and outbox: codes only, no names."""
    by = current()
    box = "out" if request.args.get("box") == "out" else "in"
    closed = request.args.get("state") == "closed"
    rows, after = queries.list_referrals(by, box, open_only=not closed, after=Cursor.read(request.args.get("after")))
    seen("referrals", [row.case_id for row, _ in rows], box=box)
    offices = organisation_names(
        {row.author_org_id for row, _ in rows} | {row.to_org_id for row, _ in rows if row.to_org_id}
    )
    state = "closed" if closed else "open"
    return render_template(
        "referrals/list.html",
        rows=rows,
        box=box,
        closed=closed,
        offices=offices,
        waiting=queries.count_referrals(by, "in", status="sent"),
        next_url=url_for("referrals.boxes", box=box, state=state, after=str(after)) if after else "",
    )


@bp.get("/cases/<uuid:case_id>/referrals")
@requires(Permission.CASE_SEE)
def case_referrals(case_id: UUID) -> ResponseReturnValue:
    """The referrals of one case that the actor may see."""
    by = current()
    case = get_case(by, case_id)
    rows = queries.for_case(by, case_id)
    seen("case_referrals", [case_id], count=len(rows))
    offices = organisation_names({row.author_org_id for row in rows} | {row.to_org_id for row in rows if row.to_org_id})
    return render_template("referrals/case.html", bar=case_bar(by, case), case=case, rows=rows, offices=offices)


@bp.get("/referrals/<uuid:referral_id>")
@bp.get("/cases/<uuid:case_id>/referrals/<uuid:referral_id>")
@requires(Permission.CASE_SEE)
def referral(referral_id: UUID, case_id: UUID | None = None) -> ResponseReturnValue:
    """One referral: the packet as it was sent, where it stands, and what may be done with it."""
    by = current()
    found = _found(by, referral_id, case_id)
    seen("referral", [found.case_id], status=found.status)
    may = actions(by, found)
    opens = _opens(by, found.case_id)
    return render_template(
        "referrals/page.html",
        tap=_tap(found),
        may=may,
        opens=opens,
        phone=by_phone(get("referral_priority", found.priority)),
        talks=queries.talks_of(by, found),
        others=queries.others_offering(by, found) if "again" in may and opens else [],
        **_shown(by, found),
    )


@bp.get("/referrals/<uuid:referral_id>/letter")
@requires(Permission.REFERRAL_SEND)
def letter(referral_id: UUID) -> ResponseReturnValue:
    """The numbered letter for paper, as the sender sends it. Printing is recorded like any view."""
    by = current()
    found = _of_sender(by, referral_id)
    seen("referral_letter", [found.case_id], number=found.letter_number)
    return render_template("referrals/letter.html", day=today(), **_shown(by, found))


@bp.get("/referrals/<uuid:referral_id>/receipt")
@requires(Permission.REFERRAL_SEND)
def receipt(referral_id: UUID) -> ResponseReturnValue:
    """What was shared, with whom, until when: for the person to keep, if it is safe to carry."""
    by = current()
    found = _of_sender(by, referral_id)
    seen("referral_receipt", [found.case_id])
    return render_template("referrals/receipt.html", classes=queries.classes_sent(found), **_shown(by, found))


def _found(by: Actor, referral_id: UUID, case_id: UUID | None = None) -> Referral:
    found = queries.get_referral(by, referral_id)
    if case_id is not None and found.case_id != case_id:
        raise NotVisible
    return found


def _opens(by: Actor, case_id: UUID) -> bool:
    """Whether the case itself opens for the actor: until an office accepts, only the packet does."""
    try:
        get_case(by, case_id)
    except NotVisible:
        return False
    return True


def _of_sender(by: Actor, referral_id: UUID) -> Referral:
    found = _found(by, referral_id)
    if found.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that sent it has the letter."))
    return found


def _tap(found: Referral) -> TapForm:
    return TapForm(formdata=None, data={"version": str(found.version)})


def _shown(by: Actor, found: Referral) -> dict[str, object]:
    history = queries.history(found)
    to = organisation(found.to_org_id) if found.to_org_id else None
    receiver = to.name if to else queries.receiver_name(found) if found.author_org_id == by.organisation_id else ""
    return {
        "referral": found,
        "code": queries.code_of(found),
        "sender": organisation(found.author_org_id),
        "receiver": receiver,
        "lines": queries.packet_for(by, found),
        "said": queries.words_of(by, found),
        "history": history,
        "people": names_of([row.by_user_id for row in history] if found.author_org_id == by.organisation_id else []),
    }


def actions(by: Actor, found: Referral) -> set[str]:
    """What this actor may do with it now: names of the buttons on its page."""
    after = MOVES[found.status]
    may: set[str] = set()
    paper = found.to_org_id is None or not organisation(found.to_org_id).has_users
    sender = found.author_org_id == by.organisation_id
    if can(by, Permission.REFERRAL_ANSWER):
        if found.to_org_id == by.organisation_id:
            may |= _steps(ANSWERS, after)
        elif paper and sender:
            may |= _steps(HEARD, after)
        if may and found.kind == "referral" and found.status in TAKEN_ON:
            may |= {"back"}
    if can(by, Permission.REFERRAL_SEND) and sender:
        may |= {"letter", "receipt"} | _steps(ENDINGS, after)
        may |= {"call"} if found.status == "sent" else set()
        may |= {"again"} if found.kind == "referral" and again(found) else set()
    return may


def _steps(table: Mapping[str, str], after: frozenset[str]) -> set[str]:
    """Buttons whose state may follow."""
    return {name for name, state in table.items() if state in after}
