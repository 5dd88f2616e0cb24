"""Words said outside the program about a referral are kept beside it, sealed under the key of the person."""

from __future__ import annotations

from datetime import datetime

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.db import db, utcnow, uuid7
from casework.referrals.models import Referral, ReferralTalk, ReferralTalkSealed
from casework.vault import fields


def keep_talk(
    referral: Referral,
    about: str,
    *,
    by: Actor,
    channel: str,
    at: datetime,
    reached: bool = True,
    who: str | None = None,
    said: str | None = None,
    paper: str | None = None,
) -> ReferralTalk:
    """Write down one answer or call; `about` is a code of TALKS. Nobody changes it afterwards."""
    talk = ReferralTalk(
        id=uuid7(),
        referral_id=referral.id,
        about=about,
        channel=channel,
        reached=reached,
        at=at,
        recorded_at=utcnow(),
        by_user_id=by.user_id,
        by_org_id=by.organisation_id,
    )
    db.session.add(talk)
    db.session.flush()
    sealed = ReferralTalkSealed(id=talk.id, root_id=db.session.get_one(Case, referral.case_id).person_id)
    fields.seal(sealed, who=who, said=said, paper=paper)
    db.session.add(sealed)
    db.session.flush()
    return talk
