"""The form that adds a document."""

from __future__ import annotations

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
