"""The pieces a backup is made of, each alone: lines, members, encryption as a stream."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.safekeeping import age, archive, codec, erased, load
from casework.safekeeping.archive import Tally
from casework.safekeeping.errors import Damaged, Unusable

NAIVE = (
    '{"root_id": "00000000-0000-0000-0000-000000000000", "root_kind": "person", "reason": "erase", '
    '"request_id": null, "erased_at": "2026-01-01T00:00:00"}'
)
CELLS = {
    "uuid": st.uuids().map(lambda value: value.hex),
    "moment": st.datetimes()
    .map(lambda value: value.strftime("%Y-%m-%d %H:%M:%S.%f"))
    .filter(lambda text: len(text) == 26),
    "date": st.dates().map(str),
    "bool": st.sampled_from([0, 1]),
    "int": st.integers(-(2**63), 2**63 - 1),
    "bytes": st.binary(),
    "text": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
}


@given(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=6).flatmap(
    lambda kinds: st.tuples(st.just(kinds), st.tuples(*(st.none() | CELLS[kind] for kind in kinds)))
))  # fmt: skip
def test_a_row_is_the_same_after_a_line(row: tuple[list[str], tuple[object, ...]]) -> None:
    kinds, values = row
    line = codec.line(values, kinds)
    assert line.count(b"\n") == 1
    assert tuple(codec.values(line[:-1], kinds)) == values


@pytest.mark.parametrize("line", [b"a", b"a\tb\tc", b"x\t1", b"1\t\\x00", b"\xff\tf"])
def test_a_line_that_does_not_fit_is_refused(line: bytes) -> None:
    with pytest.raises(Damaged):
        codec.values(line, ["int", "bool"])


def tar(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> io.BytesIO:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as made:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.type = len(data), kind
            if kind == tarfile.SYMTYPE:
                info.linkname = "/etc/passwd"
            made.addfile(info, io.BytesIO(data))
    return io.BytesIO(out.getvalue())


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "files/../../x", "rows/a;b/000000.gz", "rows/person/0.gz", "files/xyz", "x",
     "ring/../kek.json", "rows/Person/000000.gz"],
)  # fmt: skip
def test_a_member_with_another_name_is_refused(name: str) -> None:
    with pytest.raises(Damaged):
        load.through(archive.parts(tar((name, b"x")), Tally()))


def test_links_and_things_behind_the_end_are_refused() -> None:
    with pytest.raises(Damaged):
        load.through(archive.parts(tar(("manifest.json", b""), kind=tarfile.SYMTYPE), Tally()))
    with pytest.raises(Damaged):
        load.through(archive.parts(io.BytesIO(archive.end() + b"more"), Tally()))
    with pytest.raises(Damaged):
        load.through(archive.parts(io.BytesIO(b""), Tally()))


@pytest.mark.parametrize(
    "data", [b"no gzip", gzip.compress(b"no end of line", mtime=0), gzip.compress(b"a\n", mtime=0) + b"more", b""]
)
def test_a_piece_that_is_not_whole_lines_is_refused(data: bytes) -> None:
    with pytest.raises(Damaged):
        load.through(archive.parts(tar(("rows/person/000000.gz", data)), Tally()))


def test_a_piece_that_unpacks_to_more_than_it_may_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST", 10_000)
    with pytest.raises(Damaged):
        load.through(archive.parts(tar(("rows/person/000000.gz", gzip.compress(b"\n" * 1_000_000))), Tally()))


def test_what_is_written_is_read_again_and_counted_the_same() -> None:
    written, found = Tally(), Tally()
    file_id = "0" * 31 + "7"
    stream = b"".join(
        [
            *archive.rows("person", 0, b"a\nb\n"),
            *archive.file(UUID(file_id), 1000, written.count_file(file_id, iter([b"x" * 1000]))),
            *archive.member("manifest.json", b"{}"),
            archive.end(),
        ]
    )
    written.count_rows("person", b"a\nb\n")
    assert load.through(archive.parts(io.BytesIO(stream), found)) == {"manifest.json": b"{}"}
    assert (found.rows, found.files, found.file_bytes) == ({"person": 2}, 1, 1000)
    assert (found.digest("person"), found.file_digest.digest()) == (
        written.digest("person"),
        written.file_digest.digest(),
    )


def test_a_file_that_grows_while_it_is_read_is_refused() -> None:
    with pytest.raises(Damaged):
        list(archive.file(UUID(int=7), 3, iter([b"more"])))


def test_an_error_of_the_source_stays_itself_and_leaves_no_file(tmp_path: Path) -> None:
    def source():  # type: ignore[no-untyped-def]
        yield b"x" * 100_000
        raise OSError(28, "No space left on device")

    two = [age.new_identity()[1] for _ in range(2)]
    with pytest.raises(OSError, match="No space"):
        age.encrypt(source(), tmp_path / "a", age.recipients(two))
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_stops_early_ends_the_thread(tmp_path: Path) -> None:
    secret, public = age.new_identity()
    key = tmp_path / "key"
    key.write_text(secret)
    key.chmod(0o600)
    age.encrypt(iter([b"y" * 5_000_000]), tmp_path / "a", age.recipients([public, age.new_identity()[1]]))
    with age.opened(tmp_path / "a", age.identities(key)) as plain:
        assert plain.read(10) == b"y" * 10
    assert not plain._thread.is_alive()


@pytest.mark.parametrize("text", ["", "# only a remark\n", "AGE-SECRET-KEY-1NONSENSE\n", "age1abc\n"])
def test_what_is_no_identity_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "key"
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(Unusable):
        age.identities(file)


@pytest.mark.parametrize("line", ["x", "x y z w", NAIVE])
def test_a_list_of_erasures_that_is_none_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "list"
    file.write_text(line + "\n")
    with pytest.raises(Unusable):
        erased.read(file)
