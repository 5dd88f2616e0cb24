"""All roles on one screen, and changing one of them."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access import guards
from casework.access.forms.administration import RoleForm
from casework.access.permissions import OFFERED_SCOPES, Permission, Scope, can
from casework.access.queries import changes, lists, policies
from casework.access.service import roles as service
from casework.access.views.addresses import form_at
from casework.access.views.blueprint import bp
from casework.access.views.pages import form_page
from casework.access.views.words import ROLE_FIELDS, told_in_words
from casework.errors import NotVisible, StaleRecord
from casework.web.forms import option
from casework.writes import http
from casework.writes.orchestrator import Answer


@bp.get("/administration/roles")
@guards.requires(Permission.ORGANISATION_MANAGE)
def role_list() -> ResponseReturnValue:
    """Every role: what it allows, how far it reaches, which data it sees."""
    shown = list(policies().values())
    named = sorted({code for policy in shown for code in policy.classes})
    return render_template(
        "access/roles.html",
        roles=shown,
        permissions=list(Permission),
        classes=[(code, lists.label("data_class", code)) for code in named],
        may_change=can(guards.current(), Permission.SYSTEM_MANAGE),
    )


@form_at(
    bp,
    "/administration/roles/<code>/change",
    Permission.SYSTEM_MANAGE,
    begin="correct_role",
    load=lambda _, code: service.get(code),
    fresh=True,
)
def change_role(code: str, draft_id: UUID) -> ResponseReturnValue:
    """Set what a role allows, within the rules that hold for every role."""
    actor, row, policy = guards.current(), service.get(code), policies().get(code)
    if policy is None:
        raise NotVisible
    standing = {
        "scope": policy.scope.name,
        "permissions": sorted(policy.permissions),
        "classes": sorted(policy.classes),
        "version": row.version,
    }
    form = http.open_form(RoleForm, draft_id, data=standing)
    form.scope.choices = [(scope.name, gettext(scope.label)) for scope in OFFERED_SCOPES]
    form.permissions.choices = [(str(one), gettext(one.sentence)) for one in Permission]
    known = [option(item) for item in lists.choices("data_class")]
    form.classes.choices = known or [(one, one) for one in sorted(policy.classes)]

    def act() -> Answer:
        role = service.get(code)
        if form.seen_version != role.version:
            raise StaleRecord(standing)
        service.change(
            role,
            scope=Scope[form.scope.data],
            permissions=[Permission(one) for one in form.permissions.data or []],
            classes=form.classes.data or [],
            by=actor,
        )
        return Answer(url_for("access.role_list"), gettext("The role is changed. Who holds it signs in again."))

    said = {"role": policy, "changes": told_in_words(changes("role", [row.id])), "field_words": ROLE_FIELDS}
    return http.submit(form, key=draft_id, act=act, page=lambda f: form_page("role", f, gettext("Save role"), **said))
