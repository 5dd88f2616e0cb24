"""A report is frozen as it is handed in: its figures and definitions stand for good, with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.db import db, utcnow, uuid7
from casework.errors import InvalidInput, n_
from casework.reports.measures import Measure, written
from casework.reports.models import FREEZABLE, FrozenReport, FrozenReportSealed
from casework.reports.queries.kept import digest_of
from casework.vault import fields, keys


def freeze(
    by: Actor,
    *,
    report: str,
    first: date,
    last: date,
    filters: str,
    figures: Sequence[Measure],
    title: str,
    receiver: str,
    remark: str,
) -> FrozenReport:
    """Keep the figures as they are now. `filters` is JSON of codes; the figures were measured with the actor's rights.

    Raises NotAllowed without the right to take reports out, InvalidInput without a title or a receiver.
    """
    require(by, Permission.REPORT_EXPORT, Permission.REPORT_STATISTICS)
    if report not in FREEZABLE:
        raise InvalidInput(n_("Choose from the list."), field="report")
    if not title.strip():
        raise InvalidInput(n_("Enter a title."), field="title")
    if not receiver.strip():
        raise InvalidInput(n_("Enter to whom the report is handed in."), field="receiver")
    row = FrozenReport(
        id=uuid7(),
        author_org_id=by.organisation_id,
        author_user_id=by.user_id,
        report=report,
        first=first,
        last=last,
        filters=filters,
        figures=written(figures),
        reach=by.scope.name,
        classes=",".join(sorted(by.classes)),
        frozen_at=utcnow(),
    )
    row.digest = digest_of(row)
    keys.make_root("system", row.id)
    db.session.add(row)
    db.session.flush()
    sealed = FrozenReportSealed(id=row.id, root_id=row.id)
    fields.seal(sealed, title=title.strip(), receiver=receiver.strip(), remark=remark.strip() or None)
    db.session.add(sealed)
    body = {"report": report, "first": first, "last": last, "figures": len(figures), "sha256": row.digest}
    record(by, "report.frozen", subject=("frozen_report", row.id), body=body)
    db.session.flush()
    return row
