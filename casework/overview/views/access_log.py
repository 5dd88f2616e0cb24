"""The access log for its auditor."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access.guards import requires
from casework.access.permissions import Permission
from casework.access.queries import names_of
from casework.overview.forms import LogForm
from casework.overview.queries import log as queries
from casework.overview.views.blueprint import bp
from casework.web.shims import gettext
from casework.writes.http import seen


@bp.route("/access-log", methods=["GET", "POST"])
@requires(Permission.AUDIT_READ)
def access_log() -> ResponseReturnValue:
    """Who did or saw what, newest first; narrowed to one case or one user. Looking here is recorded too."""
    form = LogForm(formdata=None) if request.method == "GET" else LogForm()
    if request.method == "POST" and form.validate() and (found := _narrowed(form)):
        return redirect(found, 303)
    case_id, user_id = _id("case"), _id("user")
    page = queries.log(case_id=case_id, user_id=user_id, after=queries.read_key(request.args.get("after")))
    seen("access_log", [case_id] if case_id else [], user=str(user_id) if user_id else None)
    kept = {name: request.args[name] for name in ("case", "user") if name in request.args}
    answer = render_template(
        "overview/access_log.html",
        form=form,
        page=page,
        case_code=queries.code_of(case_id) if case_id else "",
        user_name=names_of([user_id]).get(user_id, "") if user_id else "",
        next_url=url_for(".access_log", after=page.next_key, **kept) if page.next_key else "",  # type: ignore[arg-type]
    )
    return answer, 422 if form.errors else 200


def _narrowed(form: LogForm) -> str:
    """The address of the log of the case or user that was typed; '' with an error beside the field for neither."""
    case_id = queries.find_case(form.text.data)
    if case_id is not None:
        return url_for(".access_log", case=case_id)
    user_id = queries.find_user(form.text.data)
    if user_id is not None:
        return url_for(".access_log", user=user_id)
    form.text.errors = [gettext("No case has this code and no user this name. Check the spelling.")]
    return ""


def _id(name: str) -> UUID | None:
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None
