"""The blueprint of the first pages, made before the modules that hang their views on it."""

from flask import Blueprint

bp = Blueprint("overview", __name__)
