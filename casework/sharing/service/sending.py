"""Sending a referral or a transfer: exactly the packet that was shown, with its tasks and news, in one transaction."""

from __future__ import annotations

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import organisation
from casework.cases.models import Case
from casework.cases.service import add_task
from casework.db import db
from casework.errors import InvalidInput, NotAllowed, StaleRecord, n_
from casework.referrals.models import Letter, Referral
from casework.referrals.service import Wanted, check_not_asked, check_wanted, number_letter, record_sent
from casework.sharing.packet import Preview, preview
from casework.sharing.service.moves import tell_receiver
from casework.vault import keys


def look(case: Case, *, by: Actor, wanted: Wanted) -> Preview:
    """What would be sent. Raises InvalidInput when the codes are wrong; an empty packet is shown, not refused."""
    _check(case, by, wanted)
    return preview(case, by=by, wanted=wanted)


def send(case: Case, *, by: Actor, wanted: Wanted, digest: str) -> Referral:
    """Send what was previewed: `digest` is the one of the page the sender looked at.

    Raises StaleRecord when the packet would be another by now, InvalidInput when nothing may be shared: without the
    person's agreement only an opening for vital interest lets emergency help be asked for.
    """
    _check(case, by, wanted)
    shown = preview(case, by=by, wanted=wanted)
    if not digest:
        raise InvalidInput(n_("Look at what will be sent first."))
    check_sendable(case, wanted, shown, by=by)
    if digest != shown.digest:
        raise StaleRecord({}, {n_("What will be sent"): n_("It has changed. Look at it again and send it.")})
    letter = number_letter(by=by, direction="out", subject=wanted.kind)
    keys.link(letter.id, case.person_id)
    return post(case, by=by, wanted=wanted, shown=shown, letter=letter)


def check_sendable(case: Case, wanted: Wanted, shown: Preview, *, by: Actor) -> None:
    """Raise unless the same was not asked yet and the person agreed to share something."""
    check_not_asked(case, wanted, by=by)
    if not shown.classes:
        raise InvalidInput(n_("The person has not agreed to share anything with this office for this. Ask first."))


def post(case: Case, *, by: Actor, wanted: Wanted, shown: Preview, letter: Letter) -> Referral:
    """One line of a letter goes out: the packet as shown, the sender's waiting, the receiver's news."""
    referral = record_sent(
        case,
        by=by,
        wanted=wanted,
        packet=shown.packet,
        digest=shown.digest,
        classes=shown.classes,
        letter=letter,
        to_kind=shown.to_kind,
    )
    add_task(
        case,
        by=by,
        kind="referral_answer",
        due_at=referral.due_at,
        assignee_id=by.user_id,
        data_class=referral.data_class,
        record_kind="referral",
        record_id=referral.id,
        waiting_for_org_id=referral.to_org_id,
        waiting_for=referral.to_kind,
    )
    if referral.to_org_id is not None and organisation(referral.to_org_id).has_users:
        tell_receiver(referral, "referral_received", due_at=referral.due_at)
    db.session.flush()
    return referral


def _check(case: Case, by: Actor, wanted: Wanted) -> None:
    transfer = wanted.kind == "transfer"
    require(by, Permission.TRANSFER_SEND if transfer else Permission.REFERRAL_SEND)
    if wanted.to_org_id == by.organisation_id:
        raise InvalidInput(n_("Choose another office."), field="to")
    if transfer and case.owner_org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that carries the case can hand it over."))
    check_wanted(case, wanted, by=by)
