"""Blocks of questions for special situations (at sea, marriage, compound, child): data of two code lists, no rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.cases.queries import visible_records
from casework.codes.queries import Code, choices, label
from casework.db import db
from casework.identification.models import Screening, ScreeningSealed
from casework.identification.workflow.suggestion import Item
from casework.vault import fields

ELSEWHERE = "supplementary_indicator"
"""The list whose signs stand in blocks; those of a group without a block are asked at the end."""


@dataclass(frozen=True, slots=True)
class Block:
    """Signs and questions that belong to one situation, in the reader's language."""

    code: str
    label: str
    why: str
    list: str
    signs: tuple[Code, ...]
    questions: tuple[Code, ...]
    opens_with: frozenset[str]
    """Codes that, once noted, open the block."""
    for_child: bool

    def opens(self, items: Iterable[Item], *, child: bool) -> bool:
        """True when what was noted, or the age, says that this block fits."""
        return (child and self.for_child) or any(item.code in self.opens_with for item in items)


def blocks(language: str | None = None) -> list[Block]:
    """The blocks in the order of their list."""
    questions = choices("screening_question", language=language)
    return [_block(found, questions, language) for found in choices("screening_block", language=language)]


def _block(found: Code, questions: Iterable[Code], language: str | None) -> Block:
    extra = found.extra
    own = extra.get("signs_group") or None
    listed = extra.get("signs_list", ELSEWHERE)
    return Block(
        code=found.code,
        label=found.label,
        why=(extra.get("why_km") if language == "km" else "") or extra.get("why_en", ""),
        list=listed,
        signs=tuple(choices(listed, group=own)),
        questions=tuple(one for one in questions if one.group == found.code),
        opens_with=frozenset(extra.get("opens_with", "").split()),
        for_child=extra.get("for_child") == "yes",
    )


def other_signs(found: Iterable[Block]) -> list[Code]:
    """Further signs that belong to no block."""
    placed = {code.code for block in found if block.list == ELSEWHERE for code in block.signs}
    return [code for code in choices(ELSEWHERE) if code.code not in placed]


def told_in(screening: Screening) -> dict[str, Any]:
    """Question -> answer of a visible screening."""
    row = db.session.get(ScreeningSealed, screening.id)
    return dict(fields.unseal(row, "answers") or {}) if row is not None else {}


def told_before(by: Actor, screening: Screening) -> dict[str, tuple[Any, Screening]]:
    """Question -> the newest answer of an earlier screening that the actor may see: shown, so as not to be asked."""
    query = visible_records(by, Screening).where(
        Screening.case_id == screening.case_id,
        Screening.id != screening.id,
        Screening.started_at <= screening.started_at,
    )
    rows = {row.id: row for row in db.session.scalars(query.order_by(Screening.started_at, Screening.id))}
    sealed = db.session.scalars(select(ScreeningSealed).where(ScreeningSealed.id.in_(list(rows)))).all()
    opened: Mapping[UUID, Any] = fields.unseal_many(sealed, "answers")
    return {
        question: (answer, row)
        for row_id, row in rows.items()
        for question, answer in (opened.get(row_id) or {}).items()
    }


def answer_words(question: Code, answer: Any, language: str | None = None) -> str:
    """An answer as it is shown: codes by their labels."""
    listed = question.extra.get("list", "")
    if not listed:
        return str(answer)
    codes = answer if isinstance(answer, list) else [answer]
    return ", ".join(label(listed, str(code), language) for code in codes)
