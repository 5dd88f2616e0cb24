"""Who is kept away from a case, and who has seen it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.queries import names_of, organisation_names
from casework.audit.queries import Entry, who_has_seen
from casework.cases.forms import ExcludeForm
from casework.cases.models import Exclusion
from casework.cases.queries import Classes, case_bar, exclusions_of, get_case
from casework.cases.service import EXCLUSION_REASONS, end_exclusion, exclude
from casework.cases.views.blueprint import bp, form_page
from casework.cases.views.work import colleagues
from casework.people.kinds import REVEAL_REASONS
from casework.web.forms import TapForm, options
from casework.writes.http import open_form, seen, submit, tap
from casework.writes.orchestrator import Answer


@form_page("/cases/<uuid:case_id>/kept-away", Permission.CASE_EXCLUDE, begin="new_exclusion")
def keep_away(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Keep a colleague away from the case; below, who is kept away now."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(ExcludeForm, draft_id)
    form.user_id.choices = [option for option in colleagues(by) if option.value != str(by.user_id)]
    form.reason.choices = options(EXCLUSION_REASONS)

    def act() -> Answer:
        exclude(get_case(by, case_id), user_id=UUID(form.user_id.data), reason=form.reason.data, by=by)
        return Answer(
            url_for("cases.new_exclusion", case_id=case_id), gettext("The case is hidden from this colleague.")
        )

    def page(form: ExcludeForm) -> str:
        seen("exclusions", [case_id])
        rows: list[Exclusion] = exclusions_of(by, case_id)
        return render_template(
            "cases/kept_away.html",
            form=form,
            bar=case_bar(by, case),
            rows=rows,
            names=names_of([row.user_id for row in rows]),
            reasons=EXCLUSION_REASONS,
        )

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


@bp.post("/cases/<uuid:case_id>/kept-away/<uuid:exclusion_id>/end")
@requires(Permission.CASE_EXCLUDE)
def let_in(case_id: UUID, exclusion_id: UUID) -> ResponseReturnValue:
    """Let a colleague see the case again."""
    by = current()

    def act() -> Answer:
        end_exclusion(get_case(by, case_id), exclusion_id, by=by)
        return Answer(url_for("cases.new_exclusion", case_id=case_id), gettext("The colleague may see the case again."))

    return tap(TapForm(), record_id=exclusion_id, version=0, action="end", act=act)


@bp.get("/cases/<uuid:case_id>/seen")
@requires(Permission.CASE_SEE)
def who_saw(case_id: UUID) -> ResponseReturnValue:
    """Who has seen or changed this case, newest first: names of the own office's people, offices of the others."""
    by = current()
    case = get_case(by, case_id)
    after = _key(request.args.get("after"))
    entries = who_has_seen(case_id, after=after, limit=51)
    seen("seen", [case_id])
    rows, more = entries[:50], len(entries) > 50
    key = f"{rows[-1].at.isoformat()}_{rows[-1].id}" if more else ""
    if case.owner_org_id != by.organisation_id:
        # Only the owner learns which other offices have the case; the others see their own colleagues.
        rows = [row for row in rows if row.organisation_id == by.organisation_id]
    ours = [row.user_id for row in rows if row.user_id and row.organisation_id == by.organisation_id]
    bar = case_bar(by, case)
    return render_template(
        "cases/seen.html",
        bar=bar,
        rows=[_told(row, bar.classes) for row in rows],
        users=names_of(ours),
        offices=organisation_names([row.organisation_id for row in rows if row.organisation_id]),
        next_url=url_for(".who_saw", case_id=case_id, after=key) if more else "",
    )


def _told(row: Entry, classes: Classes) -> tuple[Entry, str]:
    """A line as this reader may be told it: what concerns a class that is not open is work on the case, no more."""
    body = json.loads(row.body) if row.body else {}
    about = body.get("class")
    if about is not None and about not in classes.all | classes.own:
        return replace(row, action="case.worked"), ""
    reveals = row.action == "contact.revealed"
    return row, gettext(REVEAL_REASONS[body["reason"]]) if reveals and body.get("reason") in REVEAL_REASONS else ""


def _key(text: str | None) -> tuple[datetime, UUID] | None:
    try:
        at, _, event_id = (text or "").partition("_")
        return datetime.fromisoformat(at), UUID(event_id)
    except ValueError:
        return None
