"""What may be taken in: kinds of files known by their first bytes, images re-encoded, packed files weighed first."""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from casework.errors import InvalidInput, n_

LIMIT = 10_000_000
"""Bytes of one file."""
PIXELS = 40_000_000
SIDE = 3000
"""Longest side of a kept image, in pixels: a readable scan of a page, small enough for a slow network."""
UNPACKED = 100_000_000
RATIO = 150
"""A packed office file that claims more bytes, or a higher ratio, is refused unread."""

OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
IMAGES = ("jpg", "jpeg", "png", "webp")
ENDINGS = (*IMAGES, "pdf", *OFFICE)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its bytes, its type, and whether it is an image that we made anew."""

    body: bytes
    media_type: str
    image: bool


def check(name: str, body: bytes) -> Checked:
    """The file as it is kept, or InvalidInput that says what is wrong with it and what to do."""
    if not body:
        raise InvalidInput(n_("The file is empty. Choose it again."), field="file")
    if len(body) > LIMIT:
        raise InvalidInput(n_("The file is larger than 10 MB. Send a smaller scan."), field="file")
    ending = name.rpartition(".")[2].lower()
    if ending in IMAGES:
        return _image(body)
    if ending == "pdf":
        if not body.lstrip()[:5] == b"%PDF-":
            raise _lies()
        return Checked(body, "application/pdf", image=False)
    if ending in OFFICE:
        return _office(ending, body)
    raise InvalidInput(
        n_("Files of this kind are not taken. Send a photo (JPG, PNG), a PDF or a text or table file."), field="file"
    )


def _lies() -> InvalidInput:
    return InvalidInput(n_("The file is not what its name says. Open it, save it anew and send that."), field="file")


def _image(body: bytes) -> Checked:
    """Decode and encode anew: drops position, camera, hidden parts and anything that is no picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=("JPEG", "PNG", "WEBP")) as source:
                if source.width * source.height > PIXELS:
                    raise _huge()
                source.load()
                picture = ImageOps.exif_transpose(source).convert("RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _huge() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise _lies() from error
    picture.thumbnail((SIDE, SIDE))
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=85, optimize=True)
    return Checked(out.getvalue(), "image/jpeg", image=True)


def _huge() -> InvalidInput:
    return InvalidInput(n_("The picture has too many pixels. Send one of at most 40 megapixels."), field="file")


def weigh(file: IO[bytes], *, most: int = UNPACKED) -> list[str]:
    """Names of the members of a packed file, lower case; refused unread when it claims to unpack to too much."""
    with zipfile.ZipFile(file) as packed:
        members = packed.infolist()
    unpacked, stored = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if unpacked > most or unpacked > RATIO * max(stored, 1) or len(members) > 2000:
        raise InvalidInput(n_("The file unpacks to far more than it should. It is not taken."), field="file")
    return [member.filename.lower() for member in members]


def _office(ending: str, body: bytes) -> Checked:
    try:
        names = weigh(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _lies() from error
    if any(name.endswith("vbaproject.bin") for name in names):
        raise InvalidInput(n_("The file holds macros. Save it without macros and send that."), field="file")
    wanted = "[content_types].xml" if ending in ("docx", "xlsx") else "mimetype"
    if wanted not in names:
        raise _lies()
    return Checked(body, OFFICE[ending], image=False)
