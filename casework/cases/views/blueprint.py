"""The blueprint of cases, made before the modules that hang their views on it."""

from flask import Blueprint

bp = Blueprint("cases", __name__)
