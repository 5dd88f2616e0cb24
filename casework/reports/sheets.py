"""The referral report as a file: its columns and the sentences about it. Codes of cases, never a name of a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

from casework.access.permissions import Actor
from casework.access.queries import organisations
from casework.codes import queries as codes
from casework.db import PHNOM_PENH, utcnow
from casework.errors import n_
from casework.referrals.kinds import KINDS
from casework.reports.files import Content
from casework.reports.queries import ReferralRow, figures, stream
from casework.reports.workflow import SIDES, ReferralFilter
from casework.reports.writers import Cell

KEYS = (
    "case", "kind", "service", "from", "to", "priority", "status", "sent_at", "due_at", "answered_at", "hours", "late",
)  # fmt: skip
Translate = Callable[[str], str]

HEADER = (
    n_("Case"),
    n_("Service"),
    n_("From"),
    n_("To"),
    n_("Priority"),
    n_("State"),
    n_("Sent"),
    n_("Answer by"),
    n_("Answered"),
    n_("Hours to the answer"),
    n_("Late"),
)


def referral_sheet(
    by: Actor,
    wanted: ReferralFilter,
    *,
    recipient: str,
    reason: str,
    mark: str,
    translate: Translate = str,
    language: str | None = None,
) -> Content:
    """What goes into the file of a report: filters, time, who, for whom and why first, then the rows."""
    offices = {office.id: office.name for office in organisations(active=None)}
    about = [
        (translate(n_("What")), translate(n_("Referrals, with codes of cases and without names"))),
        *((translate(words), value) for words, value in _narrowed(wanted, offices, translate, language)),
        (translate(n_("Made at")), f"{utcnow().astimezone(PHNOM_PENH):%Y-%m-%d %H:%M}"),
        (translate(n_("Made by")), f"{by.display_name}, {by.organisation_name or by.organisation_code}"),
        (translate(n_("For")), recipient),
        (translate(n_("Why")), reason),
        (translate(n_("Number of the record")), mark),
    ]

    def rows() -> Iterator[tuple[UUID, Sequence[Cell]]]:
        words = Words(offices, translate, language)
        for row in stream(by, wanted):
            yield row.case_id, words.cells(row)

    header = [translate(words) for words in HEADER]
    return Content(translate(n_("About this file")), translate(n_("Referrals")), about, header, rows, mark)


def referral_document(by: Actor, wanted: ReferralFilter) -> Content:
    """The report as JSON: the filter, the figures, and the rows as codes and moments in UTC."""
    offices = {office.id: office.code for office in organisations(active=None)}
    office = offices.get(wanted.office) if wanted.office else None
    document = {"filters": {**wanted.codes(), "office": office}, "figures": figures_document(by, wanted)}

    def rows() -> Iterator[tuple[UUID, Sequence[Cell]]]:
        now = utcnow()
        for row in stream(by, wanted):
            yield (
                row.case_id,
                [
                    row.code,
                    row.kind,
                    row.service_type,
                    offices.get(row.author_org_id),
                    offices.get(row.to_org_id) if row.to_org_id else row.to_kind,
                    row.priority,
                    row.status,
                    row.sent_at.isoformat(),
                    row.due_at.isoformat(),
                    row.answered_at.isoformat() if row.answered_at else None,
                    row.hours,
                    row.late(now),
                ],
            )

    return Content("", "referrals", (), KEYS, rows, document=document)


def figures_document(by: Actor, wanted: ReferralFilter) -> dict[str, object]:
    """The figures of the page under their names."""
    found = figures(by, wanted)
    tables = {"by_status": found.by_status, "by_service": found.by_service, "by_priority": found.by_priority}
    return {
        "sent": found.all.sent,
        "answered": found.all.answered,
        "in_time": found.all.in_time,
        "in_time_percent": found.in_time_percent,
        "still_have_time": found.all.has_time,
        "median_hours": found.median_hours,
        "nine_of_ten_hours": found.slow_hours,
        "declined": found.declined,
        **{name: {code: group.sent for code, group in sorted(rows.items())} for name, rows in tables.items()},
    }


class Words:
    """Turns rows into cells, with the labels of codes looked up once."""

    def __init__(self, offices: dict[UUID, str], translate: Translate, language: str | None) -> None:
        self._offices, self._translate, self._language = offices, translate, language
        self._now = utcnow()
        self._known: dict[tuple[str, str], str] = {}
        self._yes = translate(n_("late"))

    def label(self, list_name: str, code: str | None) -> str:
        """The words of a code."""
        key = (list_name, code or "")
        if key not in self._known:
            self._known[key] = label(list_name, code, self._translate, self._language)
        return self._known[key]

    def cells(self, row: ReferralRow) -> list[Cell]:
        """One line of the file, in the order of HEADER."""
        transfer = row.kind == "transfer"
        return [
            row.code,
            self._translate(KINDS["transfer"]) if transfer else self.label("service_type", row.service_type),
            self._offices.get(row.author_org_id, ""),
            self._offices.get(row.to_org_id, "") if row.to_org_id else self.label("consent_recipient", row.to_kind),
            self.label("referral_priority", row.priority),
            self.label("referral_status", row.status),
            row.sent_at,
            row.due_at,
            row.answered_at,
            row.hours,
            self._yes if row.late(self._now) else "",
        ]


def label(list_name: str, code: str | None, translate: Translate, language: str | None) -> str:
    """The words of a code in the language of the file."""
    words = codes.label(list_name, code, language)
    return translate(words) if words else ""


def _narrowed(
    wanted: ReferralFilter, offices: dict[UUID, str], translate: Translate, language: str | None
) -> Iterator[tuple[str, str]]:
    """The filter in words, a line each."""
    yield n_("From day"), wanted.first.isoformat()
    yield n_("To day"), wanted.last.isoformat()
    office = translate(n_("all offices that may be seen")) if wanted.office is None else offices.get(wanted.office, "")
    yield n_("Sent or received"), f"{translate(SIDES[wanted.side])}: {office}"
    for words, list_name, code in (
        (n_("Service"), "service_type", wanted.service),
        (n_("State"), "referral_status", wanted.status),
        (n_("Priority"), "referral_priority", wanted.priority),
    ):
        yield words, label(list_name, code, translate, language) if code else translate(n_("all"))
