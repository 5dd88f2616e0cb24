"""Finding planted words in bytes, however they were written down."""

from __future__ import annotations

import base64
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PACKED = re.compile(rb"\x78[\x01\x9c\xda]|\x1f\x8b\x08")
"""How zlib and gzip begin."""
AROUND = 40


def spellings(word: str) -> set[bytes]:
    """A word as bytes in the ways that programs write it down: plain, UTF-16, escaped, quoted, hex, base64."""
    found: set[bytes] = set()
    for text in {word, word.lower(), word.upper(), word.capitalize()}:
        plain = text.encode()
        found |= {plain, text.encode("utf-16-le"), text.encode("utf-16-be"), plain.hex().encode()}
        found |= {json.dumps(text)[1:-1].encode(), text.encode("unicode_escape"), quote(text).encode()}
        found |= set(_base64(plain)) | set(_base64(text.encode("utf-16-le")))
    return {spelling for spelling in found if len(spelling) >= 5}


def _base64(plain: bytes) -> Iterator[bytes]:
    """The part of the base64 of the bytes that their neighbours don't change, at each alignment, both alphabets."""
    for shift in range(3):
        first = -(-8 * shift // 6)
        whole = base64.b64encode(b"\0" * shift + plain)
        middle = whole[first : (shift + len(plain)) * 8 // 6]
        yield middle
        yield middle.replace(b"+", b"-").replace(b"/", b"_")


@dataclass(frozen=True)
class Hit:
    """A planted word found where it must not be, with what stands around it."""

    word: str
    where: str
    around: bytes

    def __str__(self) -> str:
        return f"{self.word!r} in {self.where}: {self.around!r}"


class Seeker:
    """Looks for some words in many places."""

    def __init__(self, words: Iterable[str]) -> None:
        self._spelled = [(word, spelling) for word in sorted(words) for spelling in sorted(spellings(word))]

    def seek(self, body: bytes, where: str) -> list[Hit]:
        """The words found in some bytes, and in what is packed in them."""
        found = self._plain(body, where)
        for start in PACKED.finditer(body):
            try:
                unpacked = zlib.decompressobj(wbits=47).decompress(body[start.start() :], 10_000_000)
            except zlib.error:
                continue
            found += self._plain(unpacked, f"{where}, packed")
        return found

    def _plain(self, body: bytes, where: str) -> list[Hit]:
        hits = []
        for word, spelling in self._spelled:
            at = body.find(spelling)
            if at >= 0:
                hits.append(Hit(word, where, body[max(at - AROUND, 0) : at + AROUND]))
        return hits

    def folder(self, root: Path) -> list[Hit]:
        """The words found in the files of a folder, and in their names."""
        hits: list[Hit] = []
        for path in sorted(root.rglob("*")):
            name = str(path.relative_to(root))
            hits += self.seek(name.encode(), f"the name {name}")
            if path.is_file():
                hits += self.seek(path.read_bytes(), name)
        return hits


def text_of(rows: Iterable[Iterable[object]]) -> bytes:
    """Values of a table as bytes: binary as it is, everything else as text."""
    out = io.BytesIO()
    for row in rows:
        for value in row:
            out.write(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode())
            out.write(b"\x1f")
    return out.getvalue()
