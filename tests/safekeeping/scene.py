"""A live database with its keys and files, two people who keep backup keys, and empty places to restore into."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyrage
import pytest
from flask import Flask

from casework import create_app
from casework.access.permissions import Actor
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cli import main
from casework.codes import queries as codes
from casework.db import db, uuid7
from casework.documents.models import Document
from casework.documents.service import add_document, spool
from casework.vault import files, keys
from casework.writes.orchestrator import transaction
from config import Config
from tests import scenes
from tests.engines import Databases

PLANTED = "Zzyqxfamily"
"""A family name that occurs nowhere else."""
OFFICE = "PLAINOFFICE"
PICTURE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Place:
    """An empty place: what the settings name while a restore runs, and the program on it afterwards."""

    data: Path
    url: str

    @property
    def settings(self) -> Config:
        return Config(mode="test", data=self.data, database_url=self.url)

    @contextmanager
    def program(self) -> Iterator[Flask]:
        """The restored program with its own keys, in its context."""
        app = create_app(self.settings)
        codes.forget()
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()

    def untouched(self) -> bool:
        """Whether nothing is left in it."""
        app = Flask("look")
        app.config.update(SQLALCHEMY_DATABASE_URI=self.settings.sqlalchemy_url)
        if self.url.startswith("sqlite") or not self.url:
            file = Path(self.settings.sqlalchemy_url.removeprefix("sqlite:///"))
            tables = ["a file"] if file.exists() else []
        else:
            db.init_app(app)
            with app.app_context():
                tables = list(db.inspect(db.engine).get_table_names())
                db.engine.dispose()
        return tables == [] and (not self.data.exists() or list(self.data.iterdir()) == [])


@dataclass
class Scene:
    """One installation that is backed up."""

    engine: str
    databases: Databases
    app: Flask
    folder: Path
    patch: pytest.MonkeyPatch
    secrets: list[str] = field(default_factory=list)
    public: list[str] = field(default_factory=list)
    places: int = 0

    def __post_init__(self) -> None:
        for name in ("first", "second"):
            made = pyrage.x25519.Identity.generate()
            self.secrets.append(str(made))
            self.public.append(str(made.to_public()))
            self.identity(name).write_text(f"# {name}\n{made}\n")
            self.identity(name).chmod(0o600)

    def identity(self, name: str = "first") -> Path:
        return self.folder / f"{name}.key"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def to_both(self) -> list[str]:
        return [word for one in self.public for word in ("--recipient", one)]

    def use(self, place: Place | None = None) -> None:
        """Let the settings name a place; the live one when none is given."""
        data = place.data if place else self.folder / "data"
        self.patch.setenv("DATABASE_URL", place.url if place else self.app.config["SQLALCHEMY_DATABASE_URI"])
        self.patch.setenv("CASEWORK_DATA", str(data))
        self.patch.setenv("CASEWORK_MODE", "test")
        if place:
            self.patch.delenv("CASEWORK_KEYS", raising=False)
        else:
            self.patch.setenv("CASEWORK_KEYS", str(self.folder / "keys"))
            keys.install(keys.load(self.folder / "keys"))
            files.install(data / "files")

    def run(self, *words: str, place: Place | None = None) -> int:
        """Run `casework ...` on the live installation or on a place."""
        self.use(place)
        try:
            return main([*words])
        finally:
            self.use()

    def backup(self) -> tuple[Path, Path]:
        """Make a backup; its two files."""
        before = set(self.backups.glob("*")) if self.backups.exists() else set()
        assert self.run("backup", "--to", str(self.backups), *self.to_both) == 0
        new = sorted(set(self.backups.glob("*")) - before)
        assert [path.name.split(".")[1] for path in new] == ["data", "keys"]
        return new[0], new[1]

    def empty(self, engine: str = "") -> Place:
        """A new place without anything."""
        self.places += 1
        url = self.databases.empty(engine or self.engine)
        return Place(self.folder / f"place{self.places}", url)

    def restore(self, data: Path, apart: Path, place: Place, *more: str) -> int:
        words = ["restore", str(data), "--keys", str(apart), "--identity", str(self.identity("second")), *more]
        return self.run(*words, place=place)

    def plain(self, file: Path) -> dict[str, bytes]:
        """The members of a backup, rows unpacked."""
        data = pyrage.decrypt(file.read_bytes(), [pyrage.x25519.Identity.from_str(self.secrets[0])])
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            found = {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]
        return {name: gzip.decompress(one) if name.endswith(".gz") else one for name, one in found.items()}

    def pack(self, members: dict[str, bytes], file: Path) -> Path:
        """A backup as somebody would forge it who has the public keys."""
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name, data in members.items():
                packed = gzip.compress(data) if name.endswith(".gz") else data
                info = tarfile.TarInfo(name)
                info.size = len(packed)
                tar.addfile(info, io.BytesIO(packed))
        to = [pyrage.x25519.Recipient.from_str(one) for one in self.public]
        file.write_bytes(pyrage.encrypt(out.getvalue(), to))
        return file


@dataclass
class Life:
    """What a small office has: two persons with cases, one document."""

    by: Actor
    cases: list[Case]
    document: Document

    @property
    def persons(self) -> list[object]:
        return [case.person_id for case in self.cases]


def life(office: str = OFFICE) -> Life:
    """Two persons of one office, committed."""
    codes.forget()
    with transaction():
        by = scenes.user(scenes.office(code=office))
    with transaction():
        cases = [scenes.case(by, person_id=scenes.person(by, family, given=f"Given{family}")) for family in
                 (PLANTED, "Otherfamily")]  # fmt: skip
    spooled = spool("paper.pdf", io.BytesIO(PICTURE), root_id=cases[0].person_id)
    with transaction():
        document = add_document(cases[0], spooled, by=by, title="A paper", kind="other")
    db.session.refresh(document)
    for case in cases:
        db.session.refresh(case)
        db.session.expunge(case)
    db.session.expunge(document)
    return Life(by, cases, document)


def seen(by: Actor, case: Case) -> None:
    """Somebody looks at a case; committed."""
    with transaction():
        record(by, "case.viewed", case_id=case.id, subject=("case", uuid7()))


def flip(file: Path, at: int) -> Path:
    """A copy with one bit of one byte turned; a negative place counts from the end."""
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    bad = file.with_name("bad" + "".join(file.suffixes[-2:]))
    bad.write_bytes(bytes(data))
    os.chmod(bad, 0o600)
    return bad
