"""Small numbers: what is withheld can't be worked out from what is shown."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.cases.suppression import LEAST, Line, known_cells, rounded, suppress

COLUMNS = st.integers(min_value=0, max_value=30)


def table(rows: list[list[int]]) -> tuple[dict[str, int], list[Line[str]]]:
    """A table with sums of rows and columns and a sum of all, as one system of lines."""
    wide, high = len(rows[0]), len(rows)
    values = {f"{r}.{c}": rows[r][c] for r, c in product(range(high), range(wide))}
    values |= {f"{r}.sum": sum(rows[r]) for r in range(high)}
    values |= {f"sum.{c}": sum(row[c] for row in rows) for c in range(wide)}
    values["sum.sum"] = sum(map(sum, rows))
    lines = [Line(f"{r}.sum", [f"{r}.{c}" for c in range(wide)]) for r in [*range(high), "sum"]]
    lines += [Line(f"sum.{c}", [f"{r}.{c}" for r in range(high)]) for c in [*range(wide), "sum"]]
    return values, lines


def sums_of(cells: dict[str, int], wide: int, high: int) -> dict[str, int]:
    """All sums of a table from its cells."""
    made = {f"{r}.sum": sum(cells[f"{r}.{c}"] for c in range(wide)) for r in range(high)}
    made |= {f"sum.{c}": sum(cells[f"{r}.{c}"] for r in range(high)) for c in range(wide)}
    return {**cells, **made, "sum.sum": sum(cells.values())}


def possible(shown: dict[str, int | None], wide: int, high: int, most: int) -> dict[str, set[int]]:
    """By trying them all: which values each withheld cell could have, given what is shown."""
    cells = [f"{r}.{c}" for r, c in product(range(high), range(wide))]
    options = [range(most + 1) if shown[cell] is None else [shown[cell] or 0] for cell in cells]
    found: dict[str, set[int]] = {key: set() for key, value in shown.items() if value is None}
    for guess in product(*options):
        whole = sums_of(dict(zip(cells, guess, strict=True)), wide, high)
        if all(value is None or whole[key] == value for key, value in shown.items()):
            for key, seen in found.items():
                seen.add(whole[key])
    return found


def test_small_counts_are_withheld_and_zero_is_shown() -> None:
    assert suppress({"a": 0, "b": 1, "c": 10, "d": 11}) == {"a": 0, "b": None, "c": None, "d": 11}


def test_one_withheld_part_takes_the_smallest_other_with_it() -> None:
    values = {"sum": 75, "a": 30, "b": 5, "c": 20, "d": 20}
    shown = suppress(values, [Line("sum", ["a", "b", "c", "d"])])
    assert shown == {"sum": 75, "a": 30, "b": None, "c": None, "d": 20}


def test_withheld_parts_that_sum_below_eleven_take_another_with_them() -> None:
    shown = suppress({"sum": 56, "a": 3, "b": 3, "c": 50}, [Line("sum", ["a", "b", "c"])])
    assert shown == {"sum": 56, "a": None, "b": None, "c": None}


def test_the_total_goes_when_no_other_part_is_left() -> None:
    assert suppress({"sum": 4, "a": 4, "b": 0}, [Line("sum", ["a", "b"])]) == {"sum": None, "a": None, "b": 0}
    shown = suppress({"sum": 19, "a": 9, "b": 10}, [Line("sum", ["a", "b"])])
    assert shown == {"sum": 19, "a": None, "b": None}


def test_a_total_withheld_in_one_table_does_not_follow_from_another() -> None:
    values = {"sum": 7, "a": 7, "x": 3, "y": 4}
    assert all(value is None for value in suppress(values, [Line("sum", ["a"]), Line("sum", ["x", "y"])]).values())


def test_a_cell_between_two_rings_of_withheld_ones_is_not_told() -> None:
    """Each row and column has two withheld cells or none, and yet one of them follows: by equations it is found."""
    rows = [
        [5, 5, 40, 40, 40],
        [5, 5, 40, 40, 7],
        [40, 40, 5, 5, 40],
        [40, 40, 5, 5, 7],
    ]
    values, lines = table(rows)
    shown = suppress(values, lines)
    hidden = {key for key, value in shown.items() if value is None}
    assert known_cells(lines, hidden) == set()
    by_rows_and_columns_only = {f"{r}.{c}" for r, c in ((0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3))}
    bridge = by_rows_and_columns_only | {"1.4", "3.4"}
    assert known_cells(lines, bridge) == {"1.4", "3.4"}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2))
def test_nothing_withheld_can_be_worked_out(rows: list[list[int]]) -> None:
    values, lines = table(rows)
    shown = suppress(values, lines, least=4)
    assert all(shown[key] in (None, value) for key, value in values.items())
    assert all(shown[key] == 0 for key, value in values.items() if value == 0)
    assert all(shown[key] is None for key, value in values.items() if 0 < value < 4)
    for key, options in possible(shown, 2, 2, 9).items():
        assert len(options) > 1, (key, shown)


@given(st.lists(COLUMNS, min_size=1, max_size=4))
def test_a_single_row_keeps_its_secrets_from_somebody_who_tries_everything(parts: list[int]) -> None:
    names = [f"p{place}" for place in range(len(parts))]
    values = dict(zip(names, parts, strict=True)) | {"total": sum(parts)}
    shown = suppress(values, [Line("total", names)])
    hidden = [name for name in names if shown[name] is None]
    if hidden and shown["total"] is not None:
        assert len(hidden) > 1
        assert sum(values[name] for name in hidden) >= LEAST
    if shown["total"] is None and any(values.values()):
        assert hidden


def test_rounding_keeps_zero_and_what_is_withheld() -> None:
    assert [rounded(n) for n in (None, 0, 1, 12, 13, 27, 28)] == [None, 0, 5, 10, 15, 25, 30]
