"""The only code that turns a form field into HTML: one small template per kind of field."""

from __future__ import annotations

from typing import Any

from flask import current_app
from markupsafe import Markup

from casework.web.shims import translate


def render(field: Any, options: dict[str, Any]) -> Markup:
    """The field as HTML with label, hint and error.

    Options: `label` and `hint` replace the field's own words, `legend_size` ('l' makes the label the page's
    question), `extra` is Markup put between hint and control.
    """
    template = current_app.jinja_env.get_template(f"components/fields/{getattr(field, 'template', 'plain')}.html")
    hint = translate(options.get("hint", getattr(field, "hint", "")))
    label = translate(options.get("label", field.label.text))
    errors = [str(error) for error in field.errors]
    described = [f"{field.id}-hint"] * bool(hint) + [f"{field.id}-error"] * bool(errors)
    return Markup(  # noqa: S704 - the templates escape what they are given
        template.render(
            field=field,
            label=label,
            optional=not getattr(field, "needed", True) and field.optional_mark,
            hint=hint,
            errors=errors,
            described=" ".join(described),
            size=options.get("legend_size", "s"),
            extra=options.get("extra", ""),
        )
    )
