"""The blueprint of access; registering it installs the guards."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask

from casework.access import guards

bp = Blueprint("access", __name__)
bp.record_once(lambda state: guards.install(cast(Flask, state.app)))
