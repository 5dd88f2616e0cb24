"""A file is asked for with a reason and a recipient; whenever it leaves, that is recorded before the first byte."""

from __future__ import annotations

from datetime import timedelta

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.codes.queries import get
from casework.db import db, utcnow, uuid7
from casework.errors import InvalidInput, n_
from casework.reports.files import Made
from casework.reports.models import FORMATS, ExportRecord, ExportRecordSealed
from casework.reports.workflow import ReferralFilter, read_filter
from casework.vault import fields, keys

CASES_A_ROW = 1_000
"""Cases that one row of the audit lists; a longer file gets several rows."""


def ask_export(by: Actor, wanted: ReferralFilter, *, file_format: str, recipient: str, reason: str) -> ExportRecord:
    """Record who wants the referral report as a file, for whom and why. Makes no file yet.

    JSON is what a command prints of the page itself; a file to work with needs the right to download as well.
    Raises NotAllowed without these rights, InvalidInput without recipient or reason.
    """
    wanted_rights = [Permission.REPORT_REFERRALS] + ([Permission.REPORT_EXPORT] if file_format != "json" else [])
    require(by, *wanted_rights)
    if file_format not in FORMATS:
        raise InvalidInput(n_("Choose from the list."), field="file_format")
    if not recipient.strip():
        raise InvalidInput(n_("Enter who gets the file: a name and an office."), field="recipient")
    if not reason.strip():
        raise InvalidInput(n_("Enter what the file is needed for."), field="reason")
    now = utcnow()
    row = ExportRecord(
        id=uuid7(),
        author_org_id=by.organisation_id,
        author_user_id=by.user_id,
        report="referrals",
        file_format=file_format,
        filters=wanted.written(),
        asked_at=now,
        expires_at=now + _kept(),
    )
    keys.make_root("system", row.id)
    db.session.add(row)
    db.session.flush()
    sealed = ExportRecordSealed(id=row.id, root_id=row.id)
    fields.seal(sealed, recipient=recipient.strip(), reason=reason.strip())
    db.session.add(sealed)
    body = {"report": row.report, "format": file_format, "filters": wanted.codes()}
    record(by, "export.asked", subject=("export_record", row.id), body=body)
    db.session.flush()
    return row


def _kept() -> timedelta:
    """How long a file that was asked for may be fetched (list retention_class)."""
    return timedelta(hours=int(get("retention_class", "export_file").extra["hours"]))


def record_leaving(by: Actor, row: ExportRecord, made: Made) -> None:
    """Write down that a file leaves now: filters, count, hash, and each case in it. Call before sending, commit first.

    The rows are of the kind 'view.export', so the page of each case says that it was taken out.
    """
    manifest = {"report": row.report, "format": row.file_format, "rows": made.rows, "size": made.size}
    manifest |= {"sha256": made.sha256}
    subject = ("export_record", row.id)
    record(by, "export.fetched", subject=subject, body={**manifest, "filters": read_filter(row.filters).codes()})
    db.session.flush()
    for part, cases in enumerate(made.cases(CASES_A_ROW), 1):
        record(by, "view.export", subject=subject, body={"part": part, "sha256": made.sha256}, cases=cases)
        db.session.flush()
