"""What opens or closes the gates: the person's decisions and the checks. Append-only, the newest of a kind counts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.cases.models import SOURCES, CaseRecord
from casework.db import Model, one_of
from casework.repatriation.kinds import ANSWERS, CHECK_KINDS, CHECK_RESULTS, INFORMED
from casework.vault.fields import Sealed, SealedRow


class ReturnCheck(CaseRecord, Model):
    """A result of somebody who looked: is it safe at home, fit to travel, in the child's best interest, who receives.

    Only the result, never its ground: 'fit to travel' says nothing of the illness.
    """

    __tablename__ = "return_check"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("kind", [*CHECK_KINDS]),
        one_of("result", [*CHECK_RESULTS]),
        CheckConstraint(
            "(kind = 'receiver') = (receiver_org_id IS NOT NULL OR referral_id IS NOT NULL)", name="receiver_named"
        ),
        Index("ix_return_check_path_id_kind", "path_id", "kind", "recorded_at"),
    )

    path_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_path.id", ondelete="CASCADE"))
    kind: Mapped[str]
    result: Mapped[str]
    checked_on: Mapped[date]
    receiver_org_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    referral_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("referral.id", ondelete="RESTRICT"))


class ReturnCheckSealed(SealedRow, Model):
    """Who checked, the conditions, and where the paper lies."""

    __tablename__ = "return_check_sealed"
    __sealed__ = {"note": Sealed(step=256, limit=5_000)}


class ReturnDecision(CaseRecord, Model):
    """What the person decided after being informed. Never edited: a change of mind is a new row."""

    __tablename__ = "return_decision"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("answer", [*ANSWERS]),
        one_of("informed", [*INFORMED], optional=True),
        CheckConstraint("answer = 'withdrawn' OR informed IS NOT NULL", name="decided_informed"),
        Index("ix_return_decision_path_id_recorded_at", "path_id", "recorded_at"),
    )

    path_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("return_path.id", ondelete="CASCADE"))
    answer: Mapped[str]
    informed: Mapped[str | None]
    decided_on: Mapped[date]
    against_check_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("return_check.id", ondelete="RESTRICT"))
    """The assessment that said no, where an adult goes all the same: it needs a supervisor's approval."""


class ReturnDecisionSealed(SealedRow, Model):
    """The person's own words, and what was explained."""

    __tablename__ = "return_decision_sealed"
    __sealed__ = {
        "words": Sealed(step=256, limit=5_000),
        "explained": Sealed(step=256, kind="json", limit=1_000),
        "explained_by": Sealed(step=64, limit=200),
    }
