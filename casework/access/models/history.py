"""What an office, a user, a holiday or another setting said before somebody changed it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Utc, one_of, utcnow

KINDS = ("organisation", "membership", "role", "deputy", "holiday")


class SettingHistory(Identified, Model):
    """One change of a setting with both values, as JSON of codes and names of offices. Append-only."""

    __tablename__ = "setting_history"

    kind: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    author_org_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("organisation.id", ondelete="RESTRICT"))
    author_user_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(Utc, default=utcnow)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)

    __table_args__ = (one_of("kind", KINDS), Index(None, "kind", "subject_id", "recorded_at"))
