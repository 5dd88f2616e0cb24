"""The project's own files, as git knows them, for the tests about code."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@cache
def tracked() -> tuple[Path, ...]:
    """Files under version control or about to be, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return tuple(sorted(Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()))


@cache
def text(path: Path) -> str:
    """The contents of a file."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text(path))


def python(folder: str = "casework") -> list[Path]:
    """The Python files of the program (or of another folder)."""
    return [path for path in tracked() if path.suffix == ".py" and path.parts[0] == folder]


def templates() -> list[Path]:
    """The page templates."""
    return [path for path in tracked() if path.parts[0] == "templates" and path.suffix in (".html", ".svg", ".txt")]
