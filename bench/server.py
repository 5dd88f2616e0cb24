"""A real gunicorn (2 workers, 4 threads) on a free port, and the proof that a worker is inside a transaction."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from bench.browser import Browser, Gone

ROOT = Path(__file__).parent.parent
WRITE_LOCK = "120"
"""Byte of SQLite's -shm file that a writer holds from BEGIN IMMEDIATE to the end of COMMIT (WAL_WRITE_LOCK)."""
INSIDE = text(
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = :name AND state = 'idle in transaction' "
    "AND backend_xid IS NOT NULL"
)


def free_port() -> int:
    """A port of the loopback nobody serves on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Server:
    """The program under gunicorn, as `casework start` runs it, but in our hands."""

    def __init__(self, url: str, keys: Path, data: Path, *, app: str = "bench.serve:app", **more: str) -> None:
        self.port = free_port()
        self.url = url
        self._app = app
        self._log = data / "server.log"
        self._env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("CASEWORK", "PYTEST"))},
            "CASEWORK_MODE": "demo",
            "CASEWORK_DATA": str(data),
            "CASEWORK_KEYS": str(keys),
            "DATABASE_URL": url,
            "PORT": str(self.port),
            **more,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = None if url.startswith("sqlite") else create_engine(url, poolclass=NullPool)

    def start(self) -> None:
        """Serve; waits until it answers. The program is loaded once, so that a killed worker is back at once."""
        words = [sys.executable, "-m", "gunicorn", "--config", "python:bench.gunicorn", "--preload", self._app]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                words, cwd=ROOT, env=self._env, process_group=0, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        until = time.monotonic() + 90
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended: {self._log.read_text(errors='replace')[-2000:]}")
            trial = Browser(self.port, {})
            try:
                trial.get("/about")
            except Gone:
                time.sleep(0.05)
            else:
                return
            finally:
                trial.close()
        raise RuntimeError("the server did not start")

    def stop(self) -> None:
        """Ask it to end; insist after a while."""
        if self._watch is not None:
            self._watch.dispose()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill_all()
        self._process = None

    def kill_all(self) -> None:
        """kill -9 of the server with all its workers."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def errors(self) -> str:
        """What the program logged as failed."""
        text = self._log.read_text(errors="replace") if self._log.exists() else ""
        return "\n".join(line for line in text.splitlines() if " ERROR in " in line or "Traceback" in line)

    def workers(self) -> list[int]:
        """Process ids of the workers that live now."""
        if self._process is None:
            return []
        main = self._process.pid
        try:
            children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        except OSError:
            return []
        return [int(pid) for pid in children if _lives(pid)]

    def inside(self, pid: int) -> bool:
        """Whether this worker is inside a writing transaction. Certain only for a stopped (frozen) process.

        SQLite: it holds the write lock of the log. PostgreSQL: its session has written and waits for it to go on.
        """
        if self._watch is None:
            return _holds_lock(pid, Path(str(make_url(self.url).database) + "-shm"))
        with self._watch.connect() as connection:
            return bool(connection.execute(INSIDE, {"name": f"casework-{pid}"}).scalar())


def _lives(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _holds_lock(pid: int, file: Path) -> bool:
    try:
        inode = str(file.stat().st_ino)
        table = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return False
    holds = [line.split() for line in table if " POSIX " in line and " WRITE " in line]
    return any(
        words[4] == str(pid) and words[5].endswith(":" + inode) and words[6] == WRITE_LOCK
        for words in holds
        if len(words) >= 8
    )
