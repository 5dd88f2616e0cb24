"""Taking the referral report out as a file: what is in it, for whom, why, who will know; then the file itself."""

from __future__ import annotations

from uuid import UUID

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import names_of
from casework.db import today
from casework.errors import DomainError, Unavailable, n_
from casework.reports import files, queries, service, sheets
from casework.reports.forms import ExportForm
from casework.reports.models import ExportRecord
from casework.reports.views.blueprint import bp
from casework.reports.views.filters import filter_of_request, in_words, kept
from casework.reports.workflow import read_filter, usual_filter
from casework.web.words import language
from casework.writes.http import fresh, open_form, submit
from casework.writes.orchestrator import Answer, transaction


@bp.get("/reports/referrals/export")
@requires(Permission.REPORT_REFERRALS, Permission.REPORT_EXPORT)
def new_export() -> ResponseReturnValue:
    """To the questions before a file, with the filter of the report."""
    if filter_of_request(current())[1] is None:
        return redirect(url_for("reports.referrals", **kept()), 303)
    return fresh("reports.export", **kept())


@bp.route("/reports/referrals/export/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.REPORT_REFERRALS, Permission.REPORT_EXPORT)
def export(draft_id: UUID) -> ResponseReturnValue:
    """Say what will be in the file and who will know; ask for whom and why. Makes no file."""
    by = current()
    wanted = filter_of_request(by)[1] if request.method == "GET" else None
    form = open_form(ExportForm, draft_id, data={"filters": (wanted or usual_filter()).written()})

    def act() -> Answer:
        row = service.ask_export(
            by,
            read_filter(form.filters.data),
            file_format=form.file_format.data,
            recipient=form.recipient.data,
            reason=form.reason.data,
        )
        return Answer(url_for("reports.export_ready", export_id=row.id), gettext("The request is written down."))

    def page(form: ExportForm) -> str:
        asked = read_filter(form.filters.data)
        count = queries.figures(by, asked).all.sent
        return render_template(
            "reports/export.html", form=form, wanted=asked, narrowed=in_words(asked, by), count=count, most=files.MOST
        )

    return submit(form, key=draft_id, act=act, page=page)


@bp.get("/reports/exports/<uuid:export_id>")
@requires(Permission.REPORT_REFERRALS, Permission.REPORT_EXPORT)
def export_ready(export_id: UUID) -> ResponseReturnValue:
    """The request as it was written down, and the button that makes and sends the file."""
    by = current()
    row = queries.get_export(by, export_id)
    wanted = read_filter(row.filters)
    return render_template(
        "reports/ready.html",
        row=row,
        wanted=wanted,
        narrowed=in_words(wanted, by),
        words=queries.words_of([row])[row.id],
    )


@bp.get("/reports/exports")
@requires(Permission.REPORT_EXPORT)
def exports() -> ResponseReturnValue:
    """What was asked for in the own office: who, when, for whom, why."""
    rows = queries.exports_of(current())
    return render_template(
        "reports/exports.html",
        rows=[(row, read_filter(row.filters)) for row in rows],
        words=queries.words_of(rows),
        people=names_of([row.author_user_id for row in rows]),
    )


@bp.get("/reports/exports/<uuid:export_id>/file")
@requires(Permission.REPORT_REFERRALS, Permission.REPORT_EXPORT)
def export_file(export_id: UUID) -> ResponseReturnValue:
    """The file, made now with the rights of now. It is sent only after what leaves was written down."""
    by = current()
    row = queries.get_export(by, export_id)
    made = _made(by, row)
    try:
        with transaction():
            service.record_leaving(by, queries.get_export(by, export_id), made)
    except DomainError:
        made.stream.close()
        raise
    except Exception:
        made.stream.close()
        current_app.logger.exception("a file could not be recorded; it was not sent")
        raise Unavailable(n_("The file can't be sent now: the record of who takes out what is not working.")) from None
    name = f"referrals-{today().isoformat()}-{export_id.hex[-6:]}.{row.file_format}"
    response = Response(made.blocks(), content_type=files.TYPES[row.file_format])
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.call_on_close(made.stream.close)
    return response


def _made(by: Actor, row: ExportRecord) -> files.Made:
    words = queries.words_of([row])[row.id]
    content = sheets.referral_sheet(
        by,
        read_filter(row.filters),
        recipient=words.recipient,
        reason=words.reason,
        mark=str(row.id),
        translate=lambda text: str(gettext(text)) if text else "",
        language=language(),
    )
    return files.make(content, row.file_format)
