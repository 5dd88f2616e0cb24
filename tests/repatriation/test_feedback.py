"""Feedback to the sending country: by the office in charge, by agreement, in general terms; a no counts as done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from casework.cases.service import refresh_access
from casework.consent.models import ConsentEntry
from casework.consent.service import give
from casework.db import at, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed
from casework.repatriation import service
from casework.repatriation.models import ReturnPath
from casework.repatriation.queries import feedback_due, feedback_late, feedbacks_of
from casework.sharing.service import withdraw
from tests.client import Client
from tests.repatriation.test_pages import at_form, base
from tests.repatriation.world import World
from tests.signin import enter

ALL = {"arrived": True, "accepted": True, "in_follow_up": False}


def agreed(world: World, *classes: str) -> ConsentEntry:
    entry = give(
        world.case, by=world.officer, purpose="feedback_sending_country", classes=classes or ("travel",),
        form="written", recipient_kind="host_country", recipient_name="Sample Department, Bangkok",
    )  # fmt: skip
    refresh_access(world.case)
    return entry


def send(world: World, path: ReturnPath, entry: ConsentEntry, **more: Any) -> Any:
    values: dict[str, Any] = {"by": world.officer, "occasion": "asked", "told": ALL} | more
    return service.send_feedback(path, world.case, entry_id=entry.id, **values)


def home(world: World, days: int = 0) -> ReturnPath:
    """Handed over some days ago, by somebody else's travel."""
    path = world.start(arranged=False, start_at="IN08_handover", started_on=today() - timedelta(days=days))
    world.finish(path, "IN08_handover", outcome="handed_over", done_on=today() - timedelta(days=days))
    return path


def test_a_letter_tells_only_what_the_agreement_lists(world: World) -> None:
    path = home(world)
    send(world, path, agreed(world))
    assert feedbacks_of(world.officer, path)[0].told == {"arrived": True}
    send(world, path, agreed(world, "travel", "assistance", "needs_risk"))
    view = feedbacks_of(world.officer, path)[0]
    assert (view.told, view.to_name) == (ALL, "Sample Department, Bangkok")


def test_nothing_is_told_without_an_agreement_in_force(world: World) -> None:
    path, entry = home(world), agreed(world)
    with pytest.raises(InvalidInput, match="at least one"):
        send(world, path, entry, told={"accepted": True})
    withdraw(entry, world.case, by=world.officer, form="written")
    with pytest.raises(InvalidInput, match="in force"):
        send(world, path, entry)
    with pytest.raises(InvalidInput):
        service.send_feedback(path, world.case, by=world.officer, occasion="asked", entry_id=uuid4(), told=ALL)


def test_only_the_office_in_charge_writes_and_reads_the_letter(world: World) -> None:
    path, entry = home(world), agreed(world)
    world.share()
    with pytest.raises(NotAllowed):
        send(world, path, entry, by=world.worker)
    send(world, path, entry)
    view = feedbacks_of(world.worker, path)[0]
    assert (view.to_name, view.told) == ("", {})


def test_it_is_due_ninety_days_after_the_hand_over_and_a_no_counts_as_done(world: World) -> None:
    path = home(world, days=5)
    assert feedback_due(path) == today() + timedelta(days=85)
    assert not feedback_late(path)
    with at(utcnow() + timedelta(days=86)):
        assert feedback_late(path)
        service.refuse_feedback(path, world.case, by=world.officer, occasion="ninety_days")
        assert not feedback_late(path)
    outbound = World().start("OUTBOUND", other_country="VNM")
    assert feedback_due(outbound) is None


def test_wrong_answers_and_other_returns_are_refused(world: World) -> None:
    path, entry = home(world), agreed(world)
    for wrong in ({"occasion": "whim"}, {"given_on": today() + timedelta(days=1)}):
        with pytest.raises(InvalidInput):
            send(world, path, entry, **wrong)
    service.stop_return(path, world.case, by=world.officer, reason="mistake")
    with pytest.raises(InvalidTransition):
        send(world, path, entry)


def test_feedback_is_written_and_printed_on_pages(app: Flask, world: World, client: Callable[[], Client]) -> None:
    path, entry = home(world), agreed(world)
    officer = enter(client(), world.officer.username)
    assert "Nothing sent yet." in officer.get(base(world)).words()
    here = f"{base(world)}/{path.id}/feedback"
    sent = at_form(officer, here, to=str(entry.id), occasion="asked", arrived="yes", accepted="yes")
    assert sent.status == 303, sent.words()
    letter = officer.get(sent.location).words()
    assert "Sample Department, Bangkok" in letter
    assert "The person has arrived: Yes" in letter
    assert "An office in Cambodia" not in letter
    assert at_form(officer, here, to="refused", occasion="closure").status == 303
    assert "the person does not want it" in officer.get(base(world)).words()
    world.share()
    assert enter(client(), world.worker.username).get(sent.location).status == 404
