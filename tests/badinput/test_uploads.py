"""Files that lie, bombs and giants: a sentence beside the field, what was typed kept, nothing on the disk."""

from __future__ import annotations

import errno
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from casework.db import db
from casework.documents.models import Document
from casework.vault import files
from tests.badinput.desk import Desk, packed
from tests.client import Client, Page
from tests.signin import enter


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk()


@pytest.fixture
def hand(desk: Desk, client: Callable[[], Client]) -> Client:
    return enter(client(), desk.by.username)


def send(hand: Client, desk: Desk, name: str, body: bytes) -> Page:
    """Attach a file to the case, with a title typed."""
    path = hand.get(f"/cases/{desk.case.id}/documents/new").location
    values: dict[str, Any] = {**hand.get(path).fields(), "title": "Letter of Tuesday", "data_class": "case_note"}
    values["file"] = FileStorage(io.BytesIO(body), filename=name, content_type="application/octet-stream")
    return hand.post(path, **packed(values))


def stored() -> list[Path]:
    """Files that lie on the disk, finished or not."""
    return [path for path in files.folder().rglob("*") if path.is_file()]


def picture(width: int = 40, height: int = 30, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, kind)
    return out.getvalue()


def giant() -> bytes:
    """A PNG of a few kilobytes that says 30,000 × 30,000 and keeps its word: 900 million pixels of nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(1 + 30_000 // 8)
    body = b"".join(packer.compress(row * 1000) for _ in range(30)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def bomb(name: str = "word/document.xml") -> bytes:
    """A package that unpacks to three hundred megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(name, b" " * 300_000_000)
    return out.getvalue()


def package(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


BAD = {
    "empty": ("photo.jpg", lambda: b"", "The file is empty"),
    "a page that says it is a photo": ("photo.jpg", lambda: b"<html><script>1</script>", "not what its name says"),
    "a program that says it is a letter": ("letter.pdf", lambda: b"MZ" + bytes(500), "not what its name says"),
    "a photo cut in the middle": ("photo.jpg", lambda: picture(600, 400)[:700], "not what its name says"),
    "a picture of another kind": ("photo.png", lambda: picture(kind="GIF"), "not what its name says"),
    "a package that is none": ("text.docx", lambda: b"PK\x03\x04" + bytes(40), "not what its name says"),
    "a package of something else": ("text.docx", lambda: package("a.txt"), "not what its name says"),
    "macros": ("text.docx", lambda: package("[Content_Types].xml", "word/vbaProject.bin"), "holds macros"),
    "a bomb": ("text.docx", bomb, "unpacks to far more than it should"),
    "a giant": ("photo.png", giant, "too many pixels"),
    "too large": ("scan.pdf", lambda: b"%PDF-" + bytes(10_000_001), "larger than 10 MB"),
    "a kind we do not take": ("run.exe", lambda: b"MZ", "Files of this kind are not taken"),
    "no ending": ("letter", lambda: b"%PDF-1.4", "Files of this kind are not taken"),
    "a path for a name": ("../../etc/passwd", lambda: b"root", "Files of this kind are not taken"),
    "two endings": ("letter.pdf.html", lambda: b"%PDF-1.4", "Files of this kind are not taken"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(desk: Desk, hand: Client, what: str) -> None:
    name, make, words = BAD[what]
    before = stored()
    page = send(hand, desk, name, make())
    assert page.status == 422
    assert words in page.words()
    assert page.fields()["title"] == "Letter of Tuesday"
    assert db.session.scalar(select(func.count()).select_from(Document)) == 0
    assert stored() == before


def test_a_body_beyond_any_file_gets_the_page_about_size(desk: Desk, hand: Client) -> None:
    page = send(hand, desk, "scan.pdf", b"%PDF-" + bytes(26 * 1024 * 1024))
    assert page.status == 413
    assert "Nothing was saved" in page.words()


def test_a_good_photo_is_kept_without_what_it_carried(desk: Desk, hand: Client) -> None:
    carrier = io.BytesIO()
    made = Image.new("RGB", (40, 30), "white")
    made.getexif()[0x010E] = "Planted place"
    made.save(carrier, "JPEG", exif=made.getexif())
    sent = send(hand, desk, "photo.jpg", carrier.getvalue() + b"<script>planted()</script>")
    assert sent.status == 303, sent.words()
    row = db.session.scalars(select(Document)).one()
    body = hand.get(f"/cases/{desk.case.id}/documents/{row.id}").response.get_data()
    assert body.startswith(b"\xff\xd8")
    assert b"lanted" not in body


def test_a_full_disk_is_told_on_the_page_and_the_words_are_kept(
    desk: Desk, hand: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = stored()
    monkeypatch.setattr(files.os, "fsync", full)
    page = send(hand, desk, "photo.jpg", picture())
    assert page.status == 503
    assert "The disk is full" in page.words()
    assert page.fields()["title"] == "Letter of Tuesday"
    monkeypatch.undo()
    assert stored() == before
    assert db.session.scalar(select(func.count()).select_from(Document)) == 0
    assert send(hand, desk, "photo.jpg", picture()).status == 303
