"""Forms meet the orchestrator: draft ids in addresses, one submit, one-tap changes, and the reading record.

A page that shows somebody's data is rendered, then its view is recorded and committed, then it is sent; a page whose
view could not be recorded is not sent (docs/architecture.md).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, cast
from uuid import UUID

from flask import Flask, Response, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage, MultiDict

from casework.audit import recorder
from casework.audit.recorder import Doer
from casework.db import uuid7
from casework.errors import AlreadyRecorded, InvalidInput, NotVisible, StaleRecord, Unavailable, n_
from casework.vault import keys
from casework.web.forms import SAVE, BaseForm
from casework.writes import drafts
from casework.writes.orchestrator import Answer, Claim, transaction, write

F = TypeVar("F", bound=BaseForm)
UNTYPED = frozenset({"csrf_token", SAVE, "draft", "version"})
"""Inputs of a form that nobody typed: left out of digests and drafts."""


class FormRefused(Exception):
    """The form has errors beside its fields: everything is rolled back and the page shown again."""


def doer() -> Doer:
    """Who acts in this request. Set by access before any view runs."""
    return cast(Doer, g.actor)


def fresh(endpoint: str, **values: object) -> ResponseReturnValue:
    """Send to the form under a new draft id, which is its idempotency key. Writes nothing."""
    return redirect(url_for(endpoint, draft_id=uuid7(), **values), 303)  # type: ignore[arg-type]


def open_form(
    form_class: type[F], draft_id: UUID, *, obj: object = None, data: Mapping[str, object] | None = None
) -> F:
    """The form as it stands: what was sent now, else this user's draft under this id, else the record or `data`."""
    if request.method == "POST":
        return form_class(obj=obj, data=dict(data or {}))
    draft = drafts.load(draft_id, by=doer())
    if draft is None:
        return form_class(formdata=None, obj=obj, data=dict(data or {}))
    typed: MultiDict[str, str] = MultiDict([(name, value) for name, values in draft.items() for value in values])
    return form_class(formdata=typed, obj=obj, data=dict(data or {}))


def submit(
    form: F,
    *,
    key: UUID,
    act: Callable[[], Answer],
    page: Callable[[F], str],
    current: Callable[[], Mapping[str, object]] | None = None,
    prepare: Callable[[], None] | None = None,
    case_id: UUID | None = None,
) -> ResponseReturnValue:
    """Show the form (GET), keep its draft, or claim its key, act and redirect (POST).

    `current` gives what stands now, field by field, when the record was changed meanwhile. `prepare` runs before the
    transaction opens: files are checked and sealed there, so that no lock waits for a disk.
    """
    if request.method != "POST":
        return page(form)
    if form.wants_draft:
        return _keep_draft(form, key, case_id)

    def once() -> Answer:
        if not form.validate():
            raise FormRefused
        answer = act()
        drafts.drop(key)
        return answer

    try:
        if prepare is not None:
            prepare()
        answer = write(_claim(f"form:{key}"), once)
    except FormRefused:
        return page(form), 422
    except (InvalidInput, Unavailable) as error:
        form.blame(error)
        return page(form), 503 if isinstance(error, Unavailable) else 422
    except StaleRecord as error:
        # The view speaks in the shapes of its own fields; a service only in those of the domain.
        stands = {"version": error.current.get("version"), **current()} if current else error.current
        return _stale(form, stands, error.told, case_id), 409
    except AlreadyRecorded as error:
        return _already(form, error.location), 409
    return _sent(answer)


def tap(
    form: BaseForm, *, record_id: UUID, version: int, action: str, act: Callable[[], Answer]
) -> ResponseReturnValue:
    """A one-tap change of state. Its key is (user, record, version, action): a double tap has one effect.

    Raises the domain's errors; the error pages of `web` say them in words.
    """

    def once() -> Answer:
        if not form.validate():
            raise InvalidInput(n_("This page was open too long. Load it again and press once more."))
        return act()

    return _sent(write(_claim(f"tap:{doer().user_id}:{record_id}:{version}:{action}"), once))


def seen(what: str, case_ids: Iterable[UUID], **codes: str | int | None) -> None:
    """Say what this page shows of whom; one row is written before the page is sent, whatever its length."""
    shown: list[tuple[str, list[UUID], dict[str, str | int | None]]] = g.setdefault("shown", [])
    shown.append((what, list(dict.fromkeys(case_ids)), dict(codes)))


def record_views(response: Response) -> Response:
    """After-request hook: commit the reading record, then let the page go; else answer 503 instead of the page."""
    shown = g.get("shown")
    if not shown or response.status_code >= 500 or response.status_code in (301, 302, 303, 404):
        return response
    try:
        with transaction():
            for what, case_ids, codes in shown:
                one = case_ids[0] if len(case_ids) == 1 else None
                body = {**codes, "count": len(case_ids)}
                recorder.record(doer(), f"view.{what}", case_id=one, cases=case_ids, body=body)
    except Exception:
        current_app.logger.exception("a view could not be recorded; the page was not sent")
        error = Unavailable(n_("This page can't be shown now: the record of who looks is not working. Try again soon."))
        return current_app.make_response((render_template("errors/message.html", error=error, code=503), 503))
    return response


def init_app(app: Flask) -> None:
    """Install the reading record."""
    app.after_request(record_views)


def _claim(key: str) -> Claim:
    user_id = doer().user_id
    if user_id is None:
        raise NotVisible
    return Claim(key=key, user_id=user_id, route=request.path, digest=_digest(), about=_about())


def _about() -> UUID | None:
    """The case in the address, else the record it names."""
    ids = {name: value for name, value in (request.view_args or {}).items() if isinstance(value, UUID)}
    ids.pop("draft_id", None)
    return ids.get("case_id") or next(iter(ids.values()), None)


def _digest() -> bytes:
    """HMAC over what was typed, field by field, files by their contents. Keeps no value."""
    typed = sorted((n, v) for n in request.form if n not in UNTYPED for v in request.form.getlist(n))
    mac = hmac.new(keys.ring().audit_key, b"operation" + json.dumps(typed).encode(), hashlib.sha256)
    for name in sorted(request.files):
        for upload in request.files.getlist(name):
            mac.update(name.encode() + _digest_of(upload))
    return mac.digest()


def _digest_of(upload: FileStorage) -> bytes:
    digest = hashlib.sha256()
    for block in iter(lambda: upload.stream.read(65536), b""):
        digest.update(block)
    upload.stream.seek(0)
    return digest.digest()


def _keep_draft(form: BaseForm, key: UUID, case_id: UUID | None) -> ResponseReturnValue:
    typed = form.typed()
    values = {name: typed.getlist(name) for name in typed if name not in UNTYPED}
    with transaction():
        endpoint = request.endpoint or ""
        drafts.save(key, by=doer(), endpoint=endpoint, location=request.path, values=values, case_id=case_id)
    if request.headers.get("X-Draft") == "1":
        return "", 204
    flash(gettext("Draft saved. It waits for you for 7 days, on any device."))
    return redirect(request.path, 303)


def _sent(answer: Answer) -> ResponseReturnValue:
    if answer.replayed:
        flash(gettext("This was recorded already; nothing was written twice."))
    elif answer.note:
        flash(answer.note)
    return redirect(answer.location, 303)


def _stale(form: BaseForm, current: Mapping[str, object], told: Mapping[str, str], case_id: UUID | None) -> str:
    """Both versions, field by field; sending again says 'mine stands' because it carries the newer version."""
    if case_id is not None:
        seen("stale", [case_id])
    if current.get("version") is not None:
        form.version.data = str(current["version"])
    differences = form.differences(current, told)
    return render_template("errors/stale.html", form=form, differences=differences, theirs=_anew())


def _already(form: BaseForm, location: str) -> str:
    """What was typed is kept, under a new key: change the first one, or record this as another."""
    return render_template("errors/already.html", form=form, location=location, again=_anew())


def _anew() -> str:
    """The form's own address under a new draft id: what stands, and not what was kept under the old one."""
    values = dict(request.view_args or {})
    if "draft_id" in values:
        values["draft_id"] = uuid7()
    query = request.query_string.decode(errors="replace")
    return url_for(request.endpoint or "", **values) + (f"?{query}" if query else "")
