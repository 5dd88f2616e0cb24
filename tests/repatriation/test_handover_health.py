"""What a hand-over says about health is read with the class health only, whoever may read the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from casework.repatriation.queries import view_of
from tests import factories as make
from tests.client import Client
from tests.repatriation.test_handover import arranged, write
from tests.repatriation.test_pages import base
from tests.repatriation.world import World
from tests.signin import enter

PILLS, STATE = "Plantedpills twice a day", "Plantedfever since Monday"


def test_page_and_paper_keep_health_from_roles_without_the_class(
    app: Flask, world: World, client: Callable[[], Client]
) -> None:
    path = arranged(world)
    world.share()
    here = f"{base(world)}/hand-over/{write(world, path, medicine=PILLS, condition=STATE).id}"
    for who in (world.officer, world.supervisor, world.worker):
        browser = enter(client(), who.username)
        for address in (here, f"{here}/print"):
            page = browser.get(address)
            assert page.status == 200
            assert "One red bag" in page.words()
            for word in (PILLS, STATE, "Medicine", "How the person is"):
                assert word not in page.text, (who.roles, address, word)


def test_who_holds_the_class_reads_it(app: Flask, world: World, client: Callable[[], Client]) -> None:
    path = arranged(world)
    world.share()
    record = write(world, path, medicine=PILLS, condition=STATE)
    nurse = replace(world.officer, classes=world.officer.classes | {"health"})
    assert view_of(nurse, record).words["medicine"] == PILLS
    assert view_of(nurse, record).words["condition"] == STATE


def test_another_office_needs_the_class_by_consent_as_well(app: Flask, world: World) -> None:
    path = arranged(world)
    world.share()
    record = write(world, path, medicine=PILLS)
    both = make.actor("health_worker", "clerk", at_office=world.ngo)
    reader = replace(both, scope=world.worker.scope)
    assert "medicine" not in view_of(reader, record).words
    world.share(None, "travel", "demographic", "health")
    assert view_of(reader, record).words["medicine"] == PILLS
    assert "medicine" not in view_of(world.worker, record).words
