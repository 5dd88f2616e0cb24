"""Typed faces of WTForms and Flask-WTF, which come without types; at run time these are the real classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:

    class Label:
        text: str

    class Field:
        """The part of wtforms.Field that this project uses."""

        name: str
        short_name: str
        id: str
        label: Label
        data: Any
        object_data: Any
        errors: list[str]
        process_errors: list[str]
        raw_data: list[Any] | None
        meta: Any

        def __init__(
            self,
            label: str | None = None,
            validators: Sequence[Any] | None = None,
            **kwargs: Any,
        ) -> None: ...
        def __call__(self, **kwargs: Any) -> Any: ...
        def process(self, formdata: Any, data: Any = ..., extra_filters: Any = None) -> None: ...
        def process_formdata(self, valuelist: list[Any]) -> None: ...
        def post_process(self, formdata: Any = None) -> None: ...
        def pre_validate(self, form: Any) -> None: ...

    class FlaskForm:
        """The part of flask_wtf.FlaskForm that this project uses."""

        Meta: type[Any]
        form_errors: list[str]
        csrf_token: Field
        _prefix: str
        _fields: Mapping[str, Any]

        def __init__(self, formdata: Any = ..., **kwargs: Any) -> None: ...
        def __iter__(self) -> Iterator[Any]: ...
        def __contains__(self, name: str) -> bool: ...
        def __getitem__(self, name: str) -> Any: ...
        def validate(self, extra_validators: Any = None) -> bool: ...
        def validate_on_submit(self, extra_validators: Any = None) -> bool: ...
        def is_submitted(self) -> bool: ...
        @property
        def data(self) -> dict[str, Any]: ...
        @property
        def errors(self) -> dict[str, Iterable[str]]: ...

    class StopValidation(ValueError):
        def __init__(self, message: str = "") -> None: ...

    class ValidationError(ValueError):
        pass

    unset_value: Any

    def gettext(message: str, **values: object) -> str: ...
    def ngettext(one: str, many: str, num: int, **values: object) -> str: ...
    def get_locale() -> Any: ...
    def generate_csrf() -> str: ...

else:
    from flask_babel import get_locale, gettext, ngettext
    from flask_wtf import FlaskForm
    from flask_wtf.csrf import generate_csrf
    from wtforms import Field
    from wtforms.utils import unset_value
    from wtforms.validators import StopValidation, ValidationError

__all__ = [
    "Field",
    "FlaskForm",
    "StopValidation",
    "ValidationError",
    "generate_csrf",
    "get_locale",
    "gettext",
    "ngettext",
    "unset_value",
]


def translate(message: str, values: Mapping[str, object] | None = None) -> str:
    """`message` in the reader's language with `values` filled in; an empty message stays empty."""
    return gettext(message, **(values or {})) if message else ""
