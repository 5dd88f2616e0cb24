"""Funds of the office and caps of the installation: settings without any case."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.views.addresses import form_at
from casework.assistance import queries, service
from casework.assistance.forms import CapForm, FundForm
from casework.assistance.views.blueprint import bp
from casework.codes.queries import choices
from casework.db import today
from casework.web.forms import TapForm
from casework.writes.http import open_form, submit, tap
from casework.writes.orchestrator import Answer


@bp.get("/settings/funds")
@requires(Permission.ORGANISATION_MANAGE)
def funds() -> ResponseReturnValue:
    """The funds of the office."""
    by = current()
    return render_template("assistance/funds.html", funds=queries.funds(by), use=queries.fund_use(by))


@form_at(bp, "/settings/funds/new", Permission.ORGANISATION_MANAGE, begin="new_fund")
def add_fund(draft_id: UUID) -> ResponseReturnValue:
    """Add a fund of the office."""
    by = current()
    form = open_form(FundForm, draft_id, data={"starts_on": today(), "currency": "USD"})
    form.donor.choices = choices("donor", language=by.language)
    form.currency.choices = choices("assistance_unit", group="money", language=by.language)

    def act() -> Answer:
        service.add_fund(
            by=by,
            donor=form.donor.data,
            project=form.project.data,
            currency=form.currency.data,
            budget=form.budget.data,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
        )
        return Answer(url_for(".funds"), gettext("The fund is added."))

    def page(form: FundForm) -> str:
        return render_template(
            "assistance/settings_form.html", form=form, heading=gettext("Add a fund"), verb=gettext("Add fund"),
            back=url_for(".funds"),
        )  # fmt: skip

    return submit(form, key=draft_id, act=act, page=page)


@bp.post("/settings/funds/<uuid:fund_id>/end")
@requires(Permission.ORGANISATION_MANAGE)
def end_fund(fund_id: UUID) -> ResponseReturnValue:
    """One tap: the fund pays no more."""
    by = current()
    form = TapForm()

    def act() -> Answer:
        service.end_fund(queries.get_fund(by, fund_id), by=by)
        return Answer(url_for(".funds"), gettext("The fund is taken out of use."))

    return tap(form, record_id=fund_id, version=form.seen_version or 0, action="end", act=act)


@bp.get("/settings/caps")
@requires(Permission.SYSTEM_MANAGE)
def caps() -> ResponseReturnValue:
    """How often one person gets each service."""
    return render_template("assistance/caps.html", caps=queries.caps())


@form_at(
    bp,
    "/settings/caps/<uuid:cap_id>",
    Permission.SYSTEM_MANAGE,
    begin="new_cap_change",
    load=lambda _, cap_id: queries.get_cap(cap_id),
)
def change_cap(cap_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Change how often one person gets a service."""
    by = current()
    cap = queries.get_cap(cap_id)
    form = open_form(CapForm, draft_id, obj=cap)

    def act() -> Answer:
        service.change_cap(
            queries.get_cap(cap_id),
            by=by,
            min_interval_hours=form.min_interval_hours.data,
            max_per_day=form.max_per_day.data,
            active=form.active.data,
            expected_version=form.seen_version,
        )
        return Answer(url_for(".caps"), gettext("The cap is changed."))

    def page(form: CapForm) -> str:
        return render_template(
            "assistance/settings_form.html", form=form, heading=gettext("How often"), verb=gettext("Change"),
            back=url_for(".caps"), service=cap.service_type,
        )  # fmt: skip

    return submit(form, key=draft_id, act=act, page=page)
