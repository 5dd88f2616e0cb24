"""Our request: uploaded files stay in memory. The usual one spools them in plain into the temporary folder."""

from __future__ import annotations

import io
from typing import IO

from casework.web.hooks import LimitedRequest


class InMemoryRequest(LimitedRequest):
    """Bounded by MAX_CONTENT_LENGTH, so memory is bounded by it times the number of threads."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()
