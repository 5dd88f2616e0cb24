"""Taking one agreement back does not close the door while another to the same office stands: the page says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from casework.cases.queries import classes_of
from casework.consent.models import ConsentEntry
from casework.consent.queries import others_open
from casework.db import utcnow
from casework.sharing import service
from tests.client import Client
from tests.sharing.scene import Scene
from tests.sharing.test_pages import to_form
from tests.signin import enter

WARNING = "does not close the door"


def doors(scene: Scene, entry: ConsentEntry) -> set[object]:
    return {one.id for one in others_open(entry, org_id=scene.home.id, owner=True)}


def test_what_else_opens_the_case_to_the_same_office(scene: Scene) -> None:
    first, second = scene.agree(), scene.agree(purpose="medical")
    later = scene.agree(purpose="repatriation", starts_at=utcnow() + timedelta(days=3))
    scene.agree(to=scene.clinic)
    over = scene.agree(purpose="family_contact")
    service.withdraw(over, scene.case, by=scene.worker, form="written")
    assert doors(scene, first) == {second.id, later.id}
    service.withdraw(later, scene.case, by=scene.worker, form="written")
    assert doors(scene, first) == {second.id}
    assert others_open(first, org_id=scene.clinic.id, owner=False) == []


def test_the_page_names_them_and_can_end_all(app: Flask, scene: Scene, client: Callable[[], Client]) -> None:
    first, second = scene.agree(), scene.agree(purpose="medical", classes=("identity", "needs_risk"))
    elsewhere = scene.agree(to=scene.clinic)
    service.accept(scene.send(), by=scene.host)
    service.accept(scene.send(purpose="medical", service_type="cooked_meal"), by=scene.host)
    worker = enter(client(), scene.worker.username)
    here = f"/cases/{scene.case.id}/consent"
    assert WARNING not in worker.get(to_form(worker, f"{here}/{elsewhere.id}/withdraw")).text
    path = to_form(worker, f"{here}/{first.id}/withdraw")
    page = worker.get(path)
    assert WARNING in page.text
    assert "Medical" in page.words()
    assert worker.fill(path, method="written", told="yes", every="yes").status == 303
    assert doors(scene, second) == set()
    assert not classes_of(scene.host, scene.case.id).all
    assert doors(scene, elsewhere) == set()
    assert others_open(second, org_id=scene.home.id, owner=True) == []


def test_without_the_tick_only_the_one_ends(app: Flask, scene: Scene, client: Callable[[], Client]) -> None:
    first, second = scene.agree(), scene.agree(purpose="medical")
    worker = enter(client(), scene.worker.username)
    path = to_form(worker, f"/cases/{scene.case.id}/consent/{first.id}/withdraw")
    assert worker.fill(path, method="written", told="yes").status == 303
    assert doors(scene, first) == {second.id}
    assert WARNING not in worker.get(to_form(worker, f"/cases/{scene.case.id}/consent/{second.id}/withdraw")).text


def test_an_opening_for_life_is_named_but_no_agreement_to_take_back(scene: Scene) -> None:
    entry = scene.agree()
    opened = service.open_vital(
        scene.case, by=scene.worker, org_id=scene.shelter.id, purpose="medical", classes=("identity",), reason="Blood"
    )
    assert doors(scene, entry) == {opened.entry_id}
    assert len(service.withdraw_every(entry, scene.case, by=scene.worker, form="written")) == 1
    assert classes_of(scene.host, scene.case.id).all == {"identity"}
