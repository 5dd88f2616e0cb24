"""Edits of code lists, each with its history and its audit row."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import func, select

from casework.access.permissions import Actor, Permission, require
from casework.audit import recorder
from casework.codes.catalogue import info
from casework.codes.models import CodeEntry, CodeHistory
from casework.codes.service.revision import touch
from casework.db import check_version, db
from casework.errors import Conflict, InvalidInput, NotVisible, n_

EDITABLE = ("label_en", "label_km", "group", "note", "active", "extra")


def edit(list_name: str, code: str, *, by: Actor, version: int, changes: Mapping[str, str | bool]) -> CodeEntry:
    """Change labels, note, group, attributes or whether a code is offered; the code itself stays.

    Raises StaleRecord when `version` is not the newest, InvalidInput for an empty label, a column that stays, or a
    code taken out of use that the program needs.
    """
    require(by, Permission.SYSTEM_MANAGE)
    row = db.session.scalar(select(CodeEntry).where(CodeEntry.list == list_name, CodeEntry.code == code))
    if row is None:
        raise NotVisible
    before = {name: getattr(row, name) for name in EDITABLE}
    check_version(row, version, before)
    _check_changes(changes)
    if "extra" in changes:
        _check_times(list_name, json.loads(str(changes["extra"])))
    if row.kept and changes.get("active") is False:
        raise InvalidInput(n_("The program works with this entry, so it stays in use."), field="active")
    after = before | dict(changes)
    if after == before:
        return row
    for name, value in after.items():
        setattr(row, name, value)
    _remember(row, before, after, by)
    recorder.record(by, "code.edited", subject=("code", row.id), body={"list": list_name, "code": code})
    touch()
    return row


def add_code(
    list_name: str,
    code: str,
    *,
    label_en: str,
    by: Actor,
    label_km: str = "",
    group: str = "",
    note: str = "",
    extra: Mapping[str, str] | None = None,
) -> CodeEntry:
    """Add an office's own code at the end of a list. Raises Conflict when the code is there, active or not."""
    require(by, Permission.SYSTEM_MANAGE)
    last = db.session.scalar(select(func.max(CodeEntry.position)).where(CodeEntry.list == list_name))
    if last is None:
        raise NotVisible
    if not (code.isascii() and code.replace("_", "").isalnum() and len(code) <= 60):
        raise InvalidInput(n_("Enter a code of letters, digits and _ only."), field="code")
    _check_changes({"label_en": label_en})
    if db.session.scalar(select(CodeEntry.id).where(CodeEntry.list == list_name, CodeEntry.code == code)):
        raise Conflict(n_("This list has the code already."), field="code")
    row = CodeEntry(
        list=list_name, code=code, label_en=label_en.strip(), label_km=label_km.strip(), group=group, note=note,
        position=last + 1, source="own", extra=json.dumps(dict(extra or {}), ensure_ascii=False, sort_keys=True),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _remember(row, {}, {"label_en": row.label_en, "label_km": row.label_km, "active": True, "extra": row.extra}, by)
    recorder.record(by, "code.added", subject=("code", row.id), body={"list": list_name, "code": code})
    touch()
    return row


def _check_changes(changes: Mapping[str, str | bool]) -> None:
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise InvalidInput(n_("A code is never renamed. Add a new one instead."), field=min(unknown))
    if "label_en" in changes and not str(changes["label_en"]).strip():
        raise InvalidInput(n_("Enter the label in English."), field="label_en")
    if "extra" in changes:
        _check_extra(str(changes["extra"]))


def _check_extra(text: str) -> None:
    try:
        extra = json.loads(text)
    except ValueError:
        extra = None
    if not isinstance(extra, dict) or not all(isinstance(value, str) for value in extra.values()):
        raise InvalidInput(n_("Enter the attributes as names with texts."), field="extra")


def _check_times(list_name: str, extra: Mapping[str, str]) -> None:
    """A reminder or an escalation that goes with a limit stays below it."""
    for one in info(list_name).attributes:
        value, limit = extra.get(one.name, ""), extra.get(one.below, "")
        if one.below and value.isdecimal() and limit.isdecimal() and int(value) >= int(limit):
            raise InvalidInput(n_("Enter less than the time within which an answer is due."), field=one.name)


def _remember(row: CodeEntry, before: Mapping[str, object], after: Mapping[str, object], by: Actor) -> None:
    db.session.add(
        CodeHistory(
            code_id=row.id,
            author_org_id=by.organisation_id,
            author_user_id=by.user_id,
            before=json.dumps(before, ensure_ascii=False, sort_keys=True),
            after=json.dumps(after, ensure_ascii=False, sort_keys=True),
        )
    )
