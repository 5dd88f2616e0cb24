"""`casework prepare` and `casework start`: from an empty folder to a program that serves, in one step."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import click

from casework import create_app
from casework.cli._program import WrongUse, settings
from casework.db import db
from casework.startup import fill, known, refusals, refused_settings, revision, upgrade
from casework.vault import keys
from config import Config

ROOT = Path(__file__).parent.parent.parent
LOADED = "demo-loaded"
"""File in the data folder that says the demo data are complete."""


def make_folder(config: Config) -> None:
    """The data folder, for its owner's eyes only."""
    os.umask(0o077)
    config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if config.data.stat().st_mode & 0o077:
        config.data.chmod(0o700)


def make_keys(config: Config, *, making: bool) -> None:
    """A key ring where there is none yet; in production only `casework prepare` makes one.

    Beside an existing database new keys would only hide the loss of the old ones.
    """
    if config.key_folder.is_dir() and any(config.key_folder.iterdir()):
        return
    if not making:
        raise WrongUse(f"There are no keys in {config.key_folder}. Put them back, or run 'casework prepare' once.")
    if not config.database_url and (config.data / "casework.sqlite").exists():
        raise WrongUse(f"The keys are missing in {config.key_folder}. Put them back from their backup.")
    config.key_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.create(config.key_folder, demo=config.mode == "demo")
    click.echo(f"Made new keys in {config.key_folder}. Keep a copy in another place.")


def make_database(config: Config) -> bool:
    """Bring the database to this version. True when it was empty before."""
    app = create_app(config)
    with app.app_context():
        before = revision(db.engine)
        db.engine.dispose()
    if not known(before):
        raise WrongUse(
            f"The database stands at revision {before}, which this version does not know. Use a newer version."
        )
    upgrade(app)
    fill(app)
    with app.app_context():
        db.engine.dispose()
    return before is None


def _offers(name: str) -> bool:
    """Whether the command line has this group: a build without demo data serves all the same."""
    root = click.get_current_context().find_root().command
    return isinstance(root, click.Group) and name in root.commands


def _casework(*words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "casework.cli", *words]


def make_demo(config: Config, *, empty: bool) -> None:
    """Load the invented cases on the first start, and again where a first start was interrupted."""
    mark = config.data / LOADED
    if config.mode != "demo" or not _offers("demo") or (mark.exists() and not empty):
        return
    click.echo("Loading the demo data...")
    if subprocess.run(_casework("demo", "load"), check=False).returncode != 0:  # noqa: S603
        raise WrongUse("The demo data could not be loaded; see above. Run it again, or remove the data folder.")
    mark.touch()


def check_fit(reasons: Sequence[str]) -> None:
    """Refuse to go on, with every reason."""
    if reasons:
        raise WrongUse("\n".join(reasons))


def make_ready(config: Config, *, making: bool) -> None:
    """Folder, keys, database, demo data: whatever is missing."""
    make_folder(config)
    make_keys(config, making=making)
    check_fit(refused_settings(config, keys.load(config.key_folder)))
    empty = make_database(config)
    make_demo(config, empty=empty)
    check_fit(final_reasons(config))


def final_reasons(config: Config) -> list[str]:
    """What still speaks against serving once everything is made."""
    app = create_app(config)
    with app.app_context():
        reasons = refusals(config, keys.ring(), db.engine)
        db.engine.dispose()
    return reasons


def check_port(port: int) -> None:
    """Refuse a port somebody else serves on, before anything is started."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise WrongUse(f"Port {port} is not free. Choose another one: PORT={port + 1} make run") from error


def wait_until_open(address: str, server: subprocess.Popen[bytes], seconds: float = 60) -> bool:
    """Whether the server answers at `address` in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, and end those that don't within half a minute."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + 30
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _child(words: Sequence[str], **settings: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(words, cwd=ROOT, env={**os.environ, **settings}, process_group=0)  # noqa: S603


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def serve(config: Config, port: int) -> int:
    """Run the server and the one worker until one of them ends or somebody stops us."""
    address = f"http://127.0.0.1:{port}/"
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:casework.cli.serving", "wsgi:app"]
    signal.signal(signal.SIGTERM, _interrupt)
    children: list[subprocess.Popen[bytes]] = []
    try:
        # Groups of their own: Ctrl-C reaches us alone, and we let requests in progress end.
        children.append(_child(gunicorn, PORT=str(port)))
        if _offers("run-due"):
            children.append(_child(_casework("run-due", "--loop")))
        if not wait_until_open(address, children[0]):
            raise WrongUse("The server did not start; see above.")
        announce(config, address)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        click.echo("The server or its worker ended; stopping the other.", err=True)
        return 1
    except KeyboardInterrupt:
        click.echo("Stopping.")
        return 0
    finally:
        stop(children)


def announce(config: Config, address: str) -> None:
    """Say where the program is, and in demo mode who can sign in."""
    click.echo(f"Casework is ready: {address}")
    if config.mode == "demo" and _offers("demo"):
        subprocess.run(_casework("demo", "accounts"), check=False)  # noqa: S603
    click.echo("Stop it with Ctrl-C.")
    sys.stdout.flush()


@click.command()
def prepare() -> None:
    """Make the data folder, keys and database, or bring the database to this version."""
    make_ready(settings(), making=True)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, envvar="PORT", show_default=True)
def start(port: int) -> int:
    """Prepare, then serve on 127.0.0.1 and run the worker for everything that falls due."""
    config = settings()
    check_port(port)
    make_ready(config, making=config.mode == "demo")
    return serve(config, port)
