"""What people typed never becomes part of the page's own language: no tags, no trouble with a percent sign."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string

from casework.cases.forms import AssignForm
from casework.web.choices import Option
from tests import scenes as make
from tests.client import Client
from tests.signin import enter

EVIL = "<b id=evil>100%</b> %(x)s"


@pytest.mark.parametrize(
    "template",
    ["{{ _(evil) }}", "{{ gettext(evil) }}", '{{ _("Case of %(who)s", who=evil) }}', "{{ ngettext(evil, evil, 2) }}"],
)
def test_nothing_handed_to_a_translation_becomes_a_tag(app: Flask, template: str) -> None:
    with app.test_request_context():
        evil = EVIL.replace("%", "") if "ngettext" in template else EVIL
        page = render_template_string(template, evil=evil)
    assert "<b" not in page
    assert "&lt;b id=evil&gt;" in page


def test_the_words_of_a_choice_are_text(app: Flask) -> None:
    with app.test_request_context():
        form = AssignForm()
        form.to_user_id.choices = [Option("1", EVIL), *(Option(str(n), "x") for n in range(9))]
        form.reason.choices = [Option("2", EVIL)]
        page = str(form.to_user_id()) + str(form.reason())
    assert "<b" not in page
    assert page.count("&lt;b id=evil&gt;100%") == 2


def test_a_name_with_tags_stands_on_lists_and_pages_as_typed(app: Flask, client: Callable[[], Client]) -> None:
    worker = make.user(make.office(), "case_worker")
    case: Any = make.case(worker, person_id=make.person(worker, "<i>Demo", "50%s"))
    desk = enter(client(), worker.username)
    for path in ("/", "/cases", f"/cases/{case.id}", f"/cases/{case.id}/person"):
        page = desk.get(path)
        assert page.status == 200
        assert "<i>Demo" not in page.text
