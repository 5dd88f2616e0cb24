"""Taking somebody out of a group. The pages of groups stand in assistance: they show needs beside consent and talk."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases import service
from casework.cases.queries import get_case, members_of
from casework.cases.views.blueprint import bp
from casework.cases.views.links import case_url
from casework.web.forms import TapForm
from casework.writes.http import tap
from casework.writes.orchestrator import Answer


@bp.post("/cases/<uuid:case_id>/groups/<uuid:group_id>/leave")
@requires(Permission.GROUP_MANAGE)
def leave_group(case_id: UUID, group_id: UUID) -> ResponseReturnValue:
    """One tap: the person does not belong to this group."""
    by = current()

    def act() -> Answer:
        service.leave_group(group_id, get_case(by, case_id), by=by)
        back = url_for("assistance.group", group_id=group_id) if members_of(by, group_id) else case_url(case_id)
        return Answer(back, gettext("The person is no longer in this group."))

    return tap(TapForm(), record_id=group_id, version=0, action=f"leave:{case_id}", act=act)
