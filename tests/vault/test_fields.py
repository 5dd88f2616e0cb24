"""Sealed columns: what comes back, and every way of moving or ageing a cell that must be refused."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import update
from sqlalchemy.orm import scoped_session
from sqlalchemy.orm.exc import StaleDataError

from casework.db import uuid7
from casework.errors import InvalidInput
from casework.vault import fields, keys, seal
from casework.vault.errors import MissingKey, SealBroken
from tests.vault.things import Thing, ThingSealed, make_thing

NAMES = {"latin": {"family": "Testname", "given": "Dara"}, "khmer": {"family": "សាក", "given": "ល្បង"}}


def again(session: scoped_session, row_id: uuid.UUID) -> ThingSealed:
    """The row as another request would find it."""
    session.flush()
    session.expire_all()
    session().info.clear()
    return session.get_one(ThingSealed, row_id)


def plant(session: scoped_session, row_id: uuid.UUID, **columns: object) -> ThingSealed:
    """The row after somebody wrote into the table behind the program's back."""
    session.flush()
    session.execute(update(ThingSealed.__table__).where(ThingSealed.__table__.c.id == row_id).values(**columns))
    return again(session, row_id)


def test_what_was_sealed_comes_back_and_the_bytes_do_not_show_it(things: scoped_session) -> None:
    row = again(things, make_thing(names=NAMES, address="12 Street of Tests", phone="012345678", raw=b"\x00\xff").id)
    assert fields.unseal(row, "names") == NAMES
    assert fields.unseal(row, "address") == "12 Street of Tests"
    assert fields.unseal(row, "raw") == b"\x00\xff"
    assert fields.unseal(row, "note") is None
    assert row.note is None
    assert b"Testname" not in row.names
    assert b"Street" not in row.address


def test_lengths_are_padded_to_steps(things: scoped_session) -> None:
    short = make_thing(address="a", phone="1", note="x")
    long = make_thing(address="a" * 60, phone="1" * 28, note="y" * 900)
    for name, step in (("address", 64), ("phone", 32), ("note", 1024)):
        assert len(getattr(short, name)) == len(getattr(long, name)) == seal.OVERHEAD + step


def test_the_format_is_the_one_written_down(things: scoped_session) -> None:
    row = make_thing(address="a")
    assert row.address[:3] == b"\x01\x00\x01"  # AES-256-GCM, first generation
    assert row.version == 1


def test_each_seal_raises_the_version_and_seals_every_column_again(things: scoped_session) -> None:
    row = make_thing(names=NAMES, address="old")
    before = row.names
    fields.seal(row, address="new")
    assert (row.version, row.names != before) == (2, True)
    row = again(things, row.id)
    assert fields.unseal(row, "names") == NAMES
    assert fields.unseal(row, "address") == "new"


def test_empty_text_empties_the_column(things: scoped_session) -> None:
    row = make_thing(address="old", phone="1")
    fields.seal(row, address="", phone=None)
    assert (row.address, row.phone) == (None, None)


def test_a_cell_of_another_row_is_refused(things: scoped_session) -> None:
    root = uuid7()
    keys.make_root("person", root)
    one, other = make_thing(root_id=root, address="one"), make_thing(root_id=root, address="other")
    row = plant(things, one.id, address=other.address)
    with pytest.raises(SealBroken):
        fields.unseal(row, "address")


def test_a_cell_of_another_column_is_refused(things: scoped_session) -> None:
    made = make_thing(address="one", note="two")
    row = plant(things, made.id, address=made.note)
    with pytest.raises(SealBroken):
        fields.unseal(row, "address")


def test_an_old_cell_with_the_new_version_is_refused(things: scoped_session) -> None:
    made = make_thing(address="old")
    old = made.address
    fields.seal(made, address="new")
    row = plant(things, made.id, address=old)
    with pytest.raises(SealBroken):
        fields.unseal(row, "address")


def test_a_version_set_back_alone_is_refused(things: scoped_session) -> None:
    made = make_thing(address="old")
    fields.seal(made, address="new")
    row = plant(things, made.id, version=1)
    with pytest.raises(SealBroken):
        fields.unseal(row, "address")


def test_a_row_moved_under_another_root_is_refused(things: scoped_session) -> None:
    one, other = make_thing(address="one"), make_thing(address="other")
    row = plant(things, one.id, root_id=other.root_id)
    with pytest.raises(SealBroken):
        fields.unseal(row, "address")


def test_every_flipped_byte_is_refused(things: scoped_session) -> None:
    made = make_thing(address="one")
    good = made.address
    for at in (3, 14, 15, 40, len(good) - 1):
        bad = bytearray(good)
        bad[at] ^= 1
        with pytest.raises(SealBroken):
            fields.unseal(plant(things, made.id, address=bytes(bad)), "address")
    assert fields.unseal(plant(things, made.id, address=good), "address") == "one"


def test_an_unknown_key_generation_is_refused(things: scoped_session) -> None:
    made = make_thing(address="one")
    row = plant(things, made.id, address=b"\x01\x00\x07" + made.address[3:])
    with pytest.raises(MissingKey):
        fields.unseal(row, "address")


@pytest.mark.parametrize("planted", [b"", b"plain text that somebody wrote there", b"\x02\x00\x01" + bytes(60)])
def test_an_unknown_format_is_an_error_and_never_plain_text(things: scoped_session, planted: bytes) -> None:
    made = make_thing(address="one")
    with pytest.raises(SealBroken):
        fields.unseal(plant(things, made.id, address=planted), "address")


def test_plain_bytes_never_reach_the_database(things: scoped_session) -> None:
    row = make_thing(address="one")
    row.address = b"plain text given to the column itself"
    row.version += 1
    with pytest.raises(SealBroken):
        things.flush()


def test_a_row_that_was_never_sealed_is_not_written(things: scoped_session) -> None:
    thing_id = uuid7()
    things.add_all([Thing(id=thing_id), ThingSealed(id=thing_id, root_id=thing_id)])
    with pytest.raises(SealBroken):
        things.flush()


def test_the_second_of_two_writers_is_told(things: scoped_session) -> None:
    mine = make_thing(address="one")
    fields.seal(mine, address="mine")
    table = ThingSealed.__table__
    things.connection().execute(update(table).where(table.c.id == mine.id).values(version=2))  # theirs came first
    with pytest.raises(StaleDataError):
        things.flush()


def test_many_rows_cost_one_statement_for_their_keys(things: scoped_session, statements: list[str]) -> None:
    made = [make_thing(address=f"street {number}") for number in range(30)]
    things.flush()
    rows = [again(things, row.id) for row in made]
    things().info.clear()
    for row in rows:
        _ = row.address
    statements.clear()
    found = fields.unseal_many(rows, "address")
    assert len(statements) == 1  # the data keys
    assert found == {row.id: f"street {number}" for number, row in enumerate(made)}


def test_text_over_the_limit_names_its_field(things: scoped_session) -> None:
    with pytest.raises(InvalidInput) as refused:
        make_thing(phone="1" * 201)
    assert refused.value.field == "phone"
    with pytest.raises(InvalidInput):
        make_thing(names={"latin": "x" * 60_000})
    with pytest.raises(InvalidInput):
        make_thing(raw=bytes(101))


def test_texts_inside_a_document_are_cleaned_too(things: scoped_session) -> None:
    row = make_thing(names={"latin": "Da\x00ra\u202e"}, address=" \u202eStreet\x00 ")
    assert fields.unseal(row, "names") == {"latin": "Dara"}
    assert fields.unseal(row, "address") == "Street"


def test_a_sealed_row_needs_its_ids_and_knows_its_columns(things: scoped_session) -> None:
    with pytest.raises(ValueError, match="root"):
        fields.seal(ThingSealed(id=uuid7()), address="x")
    with pytest.raises(KeyError):
        fields.seal(make_thing(address="x"), adress="y")
    with pytest.raises(KeyError):
        fields.unseal(make_thing(address="x"), "version")
