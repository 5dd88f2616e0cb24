"""Pictures of the main pages for docs/screens, out of the demo: `python -m tests.browser.screens [FOLDER]`."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from casework.access.service.demo import PASSWORD
from casework.vault import keys
from tests.browser.ground import code_of, demo_served, find
from tests.browser.hands import Hands
from tests.browser.registering import prepare
from tests.browser.server import Served
from tests.engines import Databases

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
WIDTHS = {360: 740, 1280: 900}
TALLEST = {360: 2_200, 1280: 1_500}
"""What is below this is not on the picture."""
COLOURS = 64

Show = Callable[[Hands, dict[str, str]], None]


def address(name: str) -> Show:
    """A page whose address is looked up."""
    return lambda hands, found: hands.open(found[name])


def path(where: str) -> Show:
    """A page that has the same address for all."""
    return lambda hands, found: hands.open(where)


def register(hands: Hands, found: dict[str, str]) -> None:
    """The first page of registering, after a search without a match."""
    hands.open("/register")
    hands.type("Name, phone or document number", "Testfamily Alder")
    hands.click("Search")


def screening(hands: Hands, found: dict[str, str]) -> None:
    """The questions with the evidence beside them."""
    hands.open(found["screening"] + "/screenings/new")
    hands.choose("Country you are in", "Thailand")
    hands.choose("Language of the talk", "Khmer")
    prepare(hands, "A woman")
    hands.pick("Is there an interpreter?", "No")
    hands.choose("Who else is in the room", "Nobody else")
    hands.click("Go to the questions")
    hands.tick("Deceived about wages or earnings")
    hands.unfold("Free to leave, or not")
    kept = "Was the person forced, threatened or kept there?"
    hands.tick("Confiscation of documents", "Withholding of wages", legend=kept)
    hands.click("Save and go on")
    hands.page.get_by_role("main").wait_for()


def send(hands: Hands, found: dict[str, str]) -> None:
    """A referral with the packet as its receiver will see it."""
    hands.open(found["send"])
    hands.pick("How soon must they answer?", "Urgent")
    hands.type("What is needed", "Her brother should hear from somebody he trusts that she comes home.")
    hands.click("Look at what will be sent")
    hands.sees("They will")


PAGES: dict[str, tuple[str, Show]] = {
    "sign-in": ("", path("/sign-in")),
    "my-day": ("rithy", path("/")),
    "cases": ("rithy", path("/cases")),
    "case": ("rithy", address("case")),
    "person": ("rithy", address("person")),
    "register": ("sokha", register),
    "screening": ("sokha", screening),
    "send-referral": ("rithy", send),
    "return": ("sokha", address("return")),
    "help": ("bopha", address("help")),
    "visit": ("rithy", address("visit")),
    "board": ("rithy", path("/board")),
    "referral-report": ("dara", path("/reports/referrals")),
    "indicators": ("dara", path("/reports/indicators")),
    "letters": ("sokha", path("/letters")),
    "returns": ("sokha", path("/returns")),
    "journeys": ("sokha", path("/journeys")),
    "beds": ("bopha", path("/beds")),
    "visits": ("vanna", path("/visits")),
    "lists": ("oudom", path("/administration/lists")),
}
"""Name of the picture -> who looks, and how they get there."""
IN_ENGLISH = ("screening", "send-referral")
"""Pages that are reached by pressing what stands there in English."""
KHMER = {f"khmer-{name}": how for name, how in PAGES.items() if name not in IN_ENGLISH}
KHMER["khmer-register"] = ("sokha", path("/register"))


def sit(browser: Browser, served: Served, username: str) -> Hands:
    """A browser with a demo user signed in, once: each one-time code works once."""
    hands = Hands(browser.new_context(locale="en-GB").new_page(), served)
    hands.page.set_default_timeout(15_000)
    if username:
        hands.sign_in(username, password=PASSWORD, code=code_of(served, username))
    return hands


def picture(hands: Hands, file: Path) -> None:
    """Save the page, not taller than TALLEST, in few colours."""
    width = hands.page.viewport_size["width"] if hands.page.viewport_size else 1280
    hands.page.evaluate("document.fonts.ready")  # else letters that are still on their way are boxes
    raw = hands.page.screenshot(full_page=True, animations="disabled")
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, TALLEST[width])))
    image.quantize(COLOURS).save(file, optimize=True)


def take(folder: Path, only: frozenset[str] = frozenset()) -> None:
    """All pictures, or those named."""
    folder.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="casework-screens-"))
    keys.create(place, demo=True)
    keys.install(keys.load(place))
    databases = Databases(place)
    with demo_served(databases) as served, sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        found = find(served)
        people: dict[str, Hands] = {}
        khmer: set[str] = set()
        for language, pages in (("", PAGES), ("ភាសាខ្មែរ", KHMER)):
            for name, (username, show) in pages.items():
                if only and name not in only:
                    continue
                hands = people.get(username) or sit(chromium, served, username)
                people[username] = hands
                if language and username not in khmer:
                    hands.click(language)
                    khmer.add(username)
                show(hands, found)
                for width, height in WIDTHS.items():
                    hands.page.set_viewport_size({"width": width, "height": height})
                    picture(hands, folder / f"{name}-{width}.png")
        chromium.close()
    databases.close()
    shutil.rmtree(place)


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, frozenset(sys.argv[2:]))
