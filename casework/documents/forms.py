"""The form that adds a document, and taking in what a form sent."""

from __future__ import annotations

from uuid import UUID

from werkzeug.datastructures import FileStorage

from casework.documents.service import Spooled, spool
from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Text, Upload


class DocumentForm(BaseForm):
    """A file with its title and the class that decides who may open it."""

    file = Upload(
        n_("File"),
        needed=n_("Choose a file."),
        accept=".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.odt,.ods",
        hint=n_("A photo, a PDF, a text or a table, at most 10 MB. Photos are stored without their place and camera."),
    )
    title = Text(n_("What it is"), needed=n_("Say what the document is."))
    kind = Choice(n_("Kind of paper"), needed=n_("Choose the kind of paper."))
    data_class = Choice(n_("What it is about"), needed=n_("Choose what it is about: it decides who may open it."))


def spool_upload(upload: FileStorage, *, root_id: UUID) -> Spooled:
    """Check and seal a file that a form sent; the form's digest reads it once more from its beginning."""
    spooled = spool(upload.filename or "", upload.stream, root_id=root_id)
    upload.stream.seek(0)
    return spooled
