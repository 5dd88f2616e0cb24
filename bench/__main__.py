"""`make bench`: what a request costs at 100,000 cases, as ratios to a bare page of 50 rows in the same run."""

from __future__ import annotations

import argparse
import cProfile
import json
import platform
import pstats
import sys
from collections.abc import Sequence

from bench.build import OUT, Built, built
from bench.floor import bare
from bench.measure import Page, first_visit, measure, pages

CASES = 100_000
FIRST_VISIT = 55_000
LATER = 12_000


def table(found: Sequence[Page]) -> None:
    """Print what was measured."""
    print(f"{'page':24}{'ms':>8}{'floors':>9}{'aim':>6}{'statements':>12}{'bytes':>9}{'packed':>9}")
    for page in found:
        milliseconds = 1000 * sorted(page.seconds)[len(page.seconds) // 2]
        aim = f"{page.aim:.0f}" if page.aim else "-"
        mark = "  MISSED" if page.missed or page.packed > LATER else ""
        sizes = f"{page.statements:12}{page.raw:9}{page.packed:9}"
        print(f"{page.name:24}{milliseconds:8.2f}{page.ratio:9.2f}{aim:>6}{sizes}{mark}")


def kept(found: Sequence[Page], floor: float, first: int, facts: Built) -> None:
    """Write the figures where the next run can be compared with them."""
    rows = {
        page.name: {
            "ratio": round(page.ratio, 2),
            "aim": page.aim,
            "ms": round(1000 * sorted(page.seconds)[len(page.seconds) // 2], 2),
            "statements": page.statements,
            "bytes": page.raw,
            "packed": page.packed,
        }
        for page in found
    }
    whole = {
        "cases": facts.cases,
        "floor_ms": round(1000 * floor, 2),
        "first_visit": first,
        "python": platform.python_version(),
        "pages": rows,
    }
    (OUT / "latest.json").write_text(json.dumps(whole, indent=2) + "\n")


def profiled(page: Page) -> None:
    """Where a page's time goes."""
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(20):
        page.send()
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(30).sort_stats("cumtime").print_stats("casework", 45)


def main() -> int:
    """Run it; exit code 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--profile", help="show where the time of one page goes instead")
    asked = parser.parse_args()
    app, facts = built(asked.cases)
    found = pages(app, facts)
    if asked.profile:
        profiled(next(page for page in found if page.name.startswith(asked.profile)))
        return 0
    floor = measure(app, bare(app.config["SQLALCHEMY_DATABASE_URI"]), found)
    first = first_visit(app, facts)
    print(f"{facts.cases} cases; the floor is {1000 * floor:.2f} ms of processor time")
    table(found)
    print(f"first visit {first} bytes compressed (aim {FIRST_VISIT}); later pages at most {LATER}")
    kept(found, floor, first, facts)
    wrong = [page.name for page in found if page.missed or page.packed > LATER] + ["first visit"] * (
        first > FIRST_VISIT
    )
    print(f"Missed: {', '.join(wrong)}." if wrong else "All aims are met.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
