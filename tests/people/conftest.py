"""A worker of an office, with code lists and roles in place."""

from __future__ import annotations

import pytest
from flask import Flask

from casework.access.permissions import Actor
from casework.codes import queries
from casework.codes import service as codes
from casework.people.models import Person
from casework.people.names import Names
from casework.people.service import PersonData, register
from tests import factories


@pytest.fixture
def worker(app: Flask) -> Actor:
    """A supervisor: may register, correct and see contacts."""
    queries.forget()
    codes.seed()
    return factories.actor("supervisor")


@pytest.fixture
def person(worker: Actor) -> Person:
    """Somebody registered with one invented name."""
    return register(PersonData(Names("Sokha", "Testa")), by=worker)
