"""Our request: what can deceive is taken out of typed text before anybody sees it, and uploads stay in memory."""

from __future__ import annotations

import io
import re
from typing import IO

from werkzeug.datastructures import ImmutableMultiDict

from casework.web.hooks import LimitedRequest

DECEIVING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""NUL and other controls, marks that show a text in another order than it has. A page that is shown again, a preview
or a draft would hand them on; the vault drops them once more before it seals."""


class InMemoryRequest(LimitedRequest):
    """The usual request spools uploads in plain into the temporary folder. Here memory is bounded by
    MAX_CONTENT_LENGTH times the number of threads."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        typed = self.__dict__["form"]
        if any(DECEIVING.search(value) for _, value in typed.items(multi=True)):
            cleaned = [(name, DECEIVING.sub("", value)) for name, value in typed.items(multi=True)]
            self.__dict__["form"] = ImmutableMultiDict(cleaned)

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()
