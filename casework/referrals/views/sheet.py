"""A letter to one office in words: what the printed page and the PDF say."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from flask import current_app
from flask_babel import gettext, ngettext

from casework.access.permissions import Actor
from casework.access.queries import organisation
from casework.documents.pdf import Part, Row, Sheet
from casework.referrals.models import Letter, Referral
from casework.referrals.queries import packet_for, receiver_name
from casework.web.filters import day, moment, number


def sheet_of(
    by: Actor, letter: Letter, lines: Sequence[tuple[Referral, str]], *, language: str, own: bool = False
) -> Sheet:
    """The letter with its lines to one office, in the language that is in force. `own`: the copy for our files."""
    sender, first = organisation(letter.org_id), lines[0][0]
    return Sheet(
        lang=language,
        title=gettext("Letter %(number)s", number=number(letter.label)),
        sender=sender.name,
        sender_km=sender.name_km or "",
        number=gettext("No. %(number)s", number=number(letter.label)),
        day=day(letter.day),
        copy=gettext("Copy for our files") if own else gettext("Copy for the receiver"),
        opening=_opening(first, len(lines)),
        parts=[_part(by, row, code) for row, code in lines],
        closing=[
            gettext(
                "The person agreed that you read this, for this purpose only. Do not pass it on. If you do not accept, "
                "destroy it within 90 days."
            )
        ],
        sign=[gettext("Signature and stamp of the sender"), gettext("Received: name, signature, stamp, date")],
    )


def _opening(first: Referral, count: int) -> list[str]:
    receiver = organisation(first.to_org_id).name if first.to_org_id else receiver_name(first)
    priority = _code(first.priority, "referral_priority")
    return [
        gettext("To: %(receiver)s", receiver=receiver),
        ngettext("We ask you for the following.", "We ask you for the following %(num)s services.", count),
        gettext("Please answer by %(when)s (%(priority)s).", when=moment(first.due_at), priority=priority),
    ]


def _part(by: Actor, row: Referral, code: str) -> Part:
    what = gettext("Take over the case") if row.kind == "transfer" else _code(row.service_type, "service_type")
    shown = current_app.jinja_env.get_template("referrals/_line.html")
    lines = [Row(gettext(line.label), unescape(shown.render(line=line)).strip()) for line in packet_for(by, row) or []]
    return Part(f"{code}: {what}", lines)


def _code(value: str, name: str) -> str:
    words: str = current_app.jinja_env.filters["code"](value, name)
    return words
