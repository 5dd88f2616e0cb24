"""Documents of a case: list, add, open. Nothing is ever served from the file store past the predicate."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.queries import case_bar, classes_of, get_case
from casework.cases.views.casefile import CaseForms
from casework.cases.views.links import add_tab, link_record
from casework.codes.queries import choices
from casework.documents import service
from casework.documents.forms import DocumentForm, spool_upload
from casework.documents.queries import documents_of, get_document
from casework.errors import n_
from casework.vault import files
from casework.web.choices import Option
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer

bp = Blueprint("documents", __name__)
form_page = CaseForms(bp).page
add_tab(80, n_("Documents"), "documents.documents", Permission.DOCUMENT_READ)
link_record("document", "documents.documents")

ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


@bp.get("/cases/<uuid:case_id>/documents")
@requires(Permission.DOCUMENT_READ)
def documents(case_id: UUID) -> ResponseReturnValue:
    """The documents of a case that the actor may open."""
    by = current()
    case = get_case(by, case_id)
    rows = documents_of(by, case_id)
    seen("documents", [case_id], count=len(rows))
    return render_template("documents/list.html", bar=case_bar(by, case), rows=rows)


@form_page("/cases/<uuid:case_id>/documents/new", Permission.DOCUMENT_ADD, begin="new_document")
def add_document(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Add a document."""
    by = current()
    case = get_case(by, case_id)
    opened = classes_of(by, case_id)
    person_id, form = case.person_id, open_form(DocumentForm, draft_id, data={"kind": "other"})
    form.kind.choices = [
        *choices("id_document"),
        *choices("identification_form"),
        Option("other", gettext("Another paper")),
    ]
    form.data_class.choices = [c for c in choices("data_class") if c.code in opened.all | opened.own]

    ready: list[service.Spooled] = []

    def prepare() -> None:
        if form.file.data is not None:
            ready.append(spool_upload(form.file.data, root_id=person_id))

    def act() -> Answer:
        service.add_document(
            get_case(by, case_id),
            ready[0],
            by=by,
            title=form.title.data,
            kind=form.kind.data,
            data_class=form.data_class.data,
        )
        return Answer(url_for("documents.documents", case_id=case_id), gettext("The document is stored."))

    def page(form: DocumentForm) -> str:
        seen("form", [case_id], form="document")
        return render_template(
            "cases/form.html",
            form=form,
            bar=case_bar(by, get_case(by, case_id)),
            heading=gettext("Add a document"),
            verb=gettext("Store document"),
        )

    return submit(form, key=draft_id, act=act, page=page, prepare=prepare, case_id=case_id)


@bp.get("/cases/<uuid:case_id>/documents/<uuid:document_id>")
@requires(Permission.DOCUMENT_READ)
def open_document(case_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """One document: a picture of ours in the page if asked for, everything else as a download with a neutral name."""
    by = current()
    document = get_document(by, case_id, document_id)
    body = b"".join(files.open_(document.file_id, document.root_id))
    seen("document", [case_id], document=str(document_id))
    response = Response(body, content_type=document.media_type)
    inline = document.image and request.args.get("show") == "1"
    ending = ENDINGS.get(document.media_type) or document.media_type.rpartition(".")[2]
    name = f"document-{document_id.hex[-6:]}.{ending}"
    response.headers["Content-Disposition"] = "inline" if inline else f"attachment; filename={name}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
