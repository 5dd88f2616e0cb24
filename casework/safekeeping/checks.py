"""What proves a restored place: the audit ends where the backup said, sealed rows and files open with these keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from casework.audit import anchors
from casework.audit.verify import verify
from casework.db import Base, db
from casework.documents.models import Document
from casework.errors import InvalidInput
from casework.safekeeping.errors import Unusable
from casework.safekeeping.manifest import Manifest
from casework.vault import fields, files
from casework.vault.errors import Erased, KeyFileError, VaultError
from casework.vault.fields import SealedRow

SAMPLE_ROWS, SAMPLE_FILES = 200, 50


@dataclass
class Proof:
    """What was proved, and what was found wrong, a sentence each."""

    chains: int = 0
    opened_rows: int = 0
    opened_files: int = 0
    erased: int = 0
    """Rows and files of the sample that say they were erased."""
    findings: list[str] = field(default_factory=list)


def audit(said: Manifest, anchor: Path | None, proof: Proof) -> None:
    """Walk every chain; compare the heads with those of the moment of the backup, and with an outside copy."""
    try:
        found = verify(anchor, said.moment)
    except InvalidInput as error:
        raise Unusable(f"The anchor file {anchor} can't be read.") from error
    proof.findings += [str(one) for one in found]
    chains, root = anchors.root_of_all()
    proof.chains = chains
    if {"chains": chains, "root": root} != dict(said.audit):
        proof.findings.append("The record of who did what does not end where it ended when the backup was made.")


def sample(proof: Proof) -> None:
    """Open sealed rows of every table, and files, picked by chance."""
    kinds = sorted(_sealed(), key=lambda kind: kind.__tablename__)
    each = max(1, SAMPLE_ROWS // len(kinds) + 1)
    for kind in kinds:
        model: Any = kind
        for row in db.session.scalars(select(model).order_by(func.random()).limit(each)):
            _try(proof, f"A sealed row of {kind.__tablename__}", lambda row=row: _open(row))
    stored = select(Document.file_id, Document.root_id).order_by(func.random()).limit(SAMPLE_FILES)
    for file_id, root_id in db.session.execute(stored):
        if _try(proof, "A file", lambda ids=(file_id, root_id): _read(*ids)):
            proof.opened_rows -= 1
            proof.opened_files += 1


def _sealed() -> list[type[SealedRow]]:
    mapped = (mapper.class_ for mapper in Base.registry.mappers)
    return [one for one in mapped if issubclass(one, SealedRow) and one.__tablename__ in db.metadata.tables]


def _open(row: SealedRow) -> None:
    for name in row.__sealed__:
        fields.unseal(row, name)
    db.session.expunge(row)


def _read(file_id: Any, root_id: Any) -> None:
    for _ in files.open_(file_id, root_id):
        pass


def _try(proof: Proof, what: str, act: Any) -> bool:
    try:
        act()
    except Erased:
        proof.erased += 1
        return False
    except (VaultError, KeyFileError) as error:
        proof.findings.append(f"{what} does not open: {type(error).__name__}.")
        return False
    proof.opened_rows += 1
    return True
