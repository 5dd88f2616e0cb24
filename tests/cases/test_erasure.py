"""Erasure from the page: only the owner's people, one asks, two others approve; holds stop it."""

from __future__ import annotations

from typing import Any

import pytest

from casework.audit import erasure as carried_out
from casework.audit.recorder import SYSTEM
from casework.cases.queries import find, name_on_page
from casework.cases.service.erasure import answer_erasure, ask_erasure, lift_hold, place_hold, standing
from casework.db import db
from casework.errors import InvalidTransition, NotAllowed, NotVisible
from tests import scenes as make


@pytest.fixture(autouse=True)
def database(session: Any) -> None:
    """Every test here stands on the database."""


def test_one_asks_two_others_approve_and_the_name_is_gone() -> None:
    organisation = make.office()
    asker, first, second = (make.user(organisation) for _ in range(3))
    case = make.case(asker)
    request = ask_erasure(case, reason="erase", by=asker)
    with pytest.raises(NotAllowed):
        answer_erasure(case, request.id, approve=True, by=asker, expected_version=request.version)
    answer_erasure(case, request.id, approve=True, by=first, expected_version=request.version)
    with pytest.raises(NotAllowed):
        answer_erasure(case, request.id, approve=True, by=first, expected_version=request.version)
    with pytest.raises(NotAllowed):
        carried_out.erase(request.id, by=SYSTEM)
    answer_erasure(case, request.id, approve=True, by=second, expected_version=request.version)
    hold = place_hold(case, reason="court", by=first)
    with pytest.raises(InvalidTransition):
        carried_out.erase(request.id, by=SYSTEM)
    lift_hold(case, hold.id, by=second)
    assert carried_out.erase(request.id, by=SYSTEM) >= 1
    db.session.flush()
    assert find(asker, "Testfamily") == []
    assert "Testfamily" not in str(name_on_page(asker, case))


def test_another_office_with_access_neither_sees_nor_asks() -> None:
    ours, theirs = make.user(make.office()), make.user(make.office())
    case = make.case(ours)
    make.grant(case, theirs.organisation_id, ["identity"])
    for act in (lambda: standing(case, by=theirs), lambda: ask_erasure(case, reason="erase", by=theirs)):
        with pytest.raises(NotVisible):
            act()
