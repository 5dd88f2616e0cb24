"""Code lists: what there is, one list, one code with its history, adding and changing."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access import guards
from casework.access.permissions import Permission
from casework.access.views.addresses import form_at
from casework.codes import queries, service
from casework.codes.catalogue import Attribute, Kind, ListInfo, described, info
from casework.codes.forms import form_for
from casework.codes.models import CodeEntry
from casework.codes.views.blueprint import bp
from casework.errors import NotVisible, StaleRecord, n_
from casework.web.forms import BaseForm
from casework.writes import http
from casework.writes.orchestrator import Answer

FIELDS = {
    "label_en": n_("Words in English"),
    "label_km": n_("Words in Khmer"),
    "note": n_("Note"),
    "group": n_("Stands under"),
    "active": n_("Offered on forms"),
}
"""What the history calls the columns of a code."""


@bp.get("/administration/lists")
@guards.requires(Permission.SYSTEM_MANAGE)
def list_index() -> ResponseReturnValue:
    """All lists: templates and deadlines, lists to extend, fixed lists."""
    sizes = queries.sizes()
    named = [name for name in described() if name in sizes]
    rows = [(info(name), *sizes[name]) for name in (*named, *sorted(set(sizes) - set(named)))]
    parts = {kind: [row for row in rows if row[0].kind is kind] for kind in Kind}
    return render_template("codes/index.html", parts=parts)


@bp.get("/administration/lists/<list_name>")
@guards.requires(Permission.SYSTEM_MANAGE)
def list_page(list_name: str) -> ResponseReturnValue:
    """One list with every code, those out of use at the end."""
    rows = queries.entries(list_name)
    what = info(list_name)
    extras = {row.code: json.loads(row.extra) for row in rows}
    shown = sorted(rows, key=lambda row: not row.active)
    grouped = len({row.group for row in rows}) > 1
    return render_template("codes/list.html", what=what, rows=shown, extras=extras, said=said, grouped=grouped)


@bp.get("/administration/lists/<list_name>/codes/<entry>")
@guards.requires(Permission.SYSTEM_MANAGE)
def code_page(list_name: str, entry: str) -> ResponseReturnValue:
    """One code: its words, its attributes, who changed it."""
    row, what = queries.entry(list_name, entry), info(list_name)
    names = FIELDS | {attribute.name: attribute.label for attribute in what.attributes}
    return render_template(
        "codes/code.html",
        what=what,
        row=row,
        extra=json.loads(row.extra),
        said=said,
        changes=queries.history_of(row),
        field_words=names,
    )


@form_at(
    bp,
    "/administration/lists/<list_name>/new",
    Permission.SYSTEM_MANAGE,
    begin="new_code",
    load=lambda _, list_name: _open_list(list_name),
)
def add_code(list_name: str, draft_id: UUID) -> ResponseReturnValue:
    """Add an own code to a list that may grow."""
    actor, what = guards.current(), _open_list(list_name)
    groups = list(dict.fromkeys(row.group for row in queries.entries(list_name) if row.group))
    form: Any = http.open_form(form_for(what, new=True, groups=[(one, one) for one in groups]), draft_id)

    def act() -> Answer:
        row = service.add_code(
            list_name,
            form.code.data,
            label_en=form.label_en.data,
            label_km=form.label_km.data,
            note=form.note.data,
            group=(form.group.data or "") if groups else "",
            extra=_attributes(form, what.attributes),
            by=actor,
        )
        return Answer(_address(row), gettext("The code is added. Forms offer it from now on."))

    verb = gettext("Add code")
    return http.submit(form, key=draft_id, act=act, page=lambda f: _page("codes/new.html", f, verb, what))


@form_at(
    bp,
    "/administration/lists/<list_name>/codes/<entry>/change",
    Permission.SYSTEM_MANAGE,
    begin="correct_code",
    load=lambda _, list_name, entry: queries.entry(list_name, entry),
)
def change_code(list_name: str, entry: str, draft_id: UUID) -> ResponseReturnValue:
    """Change the words of a code, its times, or whether forms offer it."""
    actor, what, row = guards.current(), info(list_name), queries.entry(list_name, entry)
    form: Any = http.open_form(form_for(what, new=False, kept=row.kept), draft_id, data=_standing(row, what))

    def act() -> Answer:
        now = queries.entry(list_name, entry)
        if form.seen_version != now.version:
            raise StaleRecord(_standing(now, what))
        changes: dict[str, str | bool] = {name: getattr(form, name).data for name in ("label_en", "label_km", "note")}
        if what.kind is not Kind.FIXED and not now.kept:
            changes["active"] = bool(form.active.data)
        asked = [attribute for attribute in what.attributes if not attribute.only_new]
        extra = json.loads(now.extra) | _attributes(form, asked)
        changes["extra"] = json.dumps(extra, ensure_ascii=False, sort_keys=True)
        service.edit(list_name, entry, by=actor, version=now.version, changes=changes)
        return Answer(_address(now), gettext("Saved. Forms and pages use it from now on."))

    verb = gettext("Save")
    return http.submit(form, key=draft_id, act=act, page=lambda f: _page("codes/change.html", f, verb, what, row=row))


def said(attribute: Attribute, value: str | None) -> str:
    """The value of an attribute in words, an English message id."""
    return dict(attribute.values).get(value or "", value or "")


def _open_list(list_name: str) -> ListInfo:
    queries.entries(list_name)
    what = info(list_name)
    if what.kind is not Kind.OPEN:
        raise NotVisible
    return what


def _attributes(form: BaseForm, asked: tuple[Attribute, ...] | list[Attribute]) -> dict[str, str]:
    values = {attribute.name: form[attribute.name].data for attribute in asked}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _standing(row: CodeEntry, what: ListInfo) -> dict[str, Any]:
    extra = json.loads(row.extra)
    asked = {one.name: (extra.get(one.name) or None) for one in what.attributes if not one.only_new}
    fixed = {"label_en": row.label_en, "label_km": row.label_km, "note": row.note, "active": row.active}
    return {**fixed, **asked, "version": row.version}


def _address(row: CodeEntry) -> str:
    return url_for("codes.code_page", list_name=row.list, entry=row.code)


def _page(template: str, form: BaseForm, verb: str, what: ListInfo, **values: Any) -> str:
    return render_template(template, form=form, verb=verb, draft=False, what=what, **values)
