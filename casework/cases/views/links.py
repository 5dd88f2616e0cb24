"""Where a task, a line of the timeline or a tab of a case leads: each package says it of its own records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from flask import current_app, url_for

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.cases.queries import Classes
from casework.web.marks import marked

_records: dict[str, tuple[str, str | None, frozenset[Permission]]] = {}
_tabs: list[Tab] = []


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the case: shown to roles with the permission, when one of the classes is open to them."""

    order: int
    label: str
    endpoint: str
    permission: Permission
    classes: frozenset[str]


class Work(Protocol):
    """What a task, or a line of a list of tasks, says of where its work is done."""

    @property
    def case_id(self) -> UUID:
        """Its case."""

    @property
    def record_kind(self) -> str | None:
        """The kind of record it is about."""

    @property
    def record_id(self) -> UUID | None:
        """The record it is about."""


def link_record(kind: str, endpoint: str, record_argument: str | None = None, *needs: Permission) -> None:
    """Say that records of this kind are shown by `endpoint(case_id=..., <record_argument>=...)`.

    `needs`: one of these is needed besides what the view asks for; who has none is led to the case instead.
    """
    _records[kind] = (endpoint, record_argument, frozenset(needs))


def add_tab(order: int, label: str, endpoint: str, permission: Permission, *classes: str) -> None:
    """Add a tab to every case; `endpoint(case_id=...)` shows it. `label` is a message id."""
    if not any(tab.endpoint == endpoint for tab in _tabs):
        _tabs.append(Tab(order, label, endpoint, permission, frozenset(classes)))
        _tabs.sort(key=lambda tab: tab.order)


def tabs_for(classes: Classes) -> list[Tab]:
    """The tabs that this actor gets on a case with these classes open."""
    by = current()
    return [
        tab
        for tab in _tabs
        if tab.permission in by.permissions
        and tab.endpoint in current_app.view_functions
        and (not tab.classes or tab.classes & (classes.all | classes.own))
    ]


def record_url(kind: str | None, case_id: UUID, record_id: UUID | None) -> str:
    """The page of a record, or of its case when the kind has no page or the page is not for this actor."""
    endpoint, argument, needs = _records.get(kind or "", ("", None, frozenset()))
    if not endpoint or not _may_open(endpoint, needs):
        return case_url(case_id)
    values = {argument: record_id} if argument and record_id else {}
    return url_for(endpoint, case_id=case_id, **values)  # type: ignore[arg-type]


def _may_open(endpoint: str, needs: frozenset[Permission]) -> bool:
    held = current().permissions
    asked = marked(current_app.view_functions.get(endpoint))
    return (not needs or bool(needs & held)) and (not isinstance(asked, frozenset) or asked <= held)


def task_url(task: Work) -> str:
    """Where the work of a task is done."""
    return record_url(task.record_kind, task.case_id, task.record_id)


def case_url(case_id: UUID) -> str:
    """The page of a case."""
    return url_for("overview.case_page", case_id=case_id)
