"""A small browser for threads: one keep-alive connection, cookies, and the forms of a page as it would send them."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

Values = dict[str, list[str]]
SECONDS = 90
"""A server that does not answer in this time is counted as gone."""


class Gone(Exception):
    """The server went away before it answered: nothing is known about what was sent."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    location: str
    body: str


@dataclass(slots=True)
class Form:
    """A form of a page: where it leads and what it holds untouched."""

    action: str = ""
    method: str = "get"
    values: Values = field(default_factory=dict)


class _Forms(HTMLParser):
    """Collects the forms inside <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._in_main = False
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._first_option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if tag == "main":
            self._in_main = True
        elif tag == "form" and self._in_main:
            self._form = Form(got.get("action", ""), got.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._inside(tag, got)

    def _inside(self, tag: str, got: dict[str, str]) -> None:
        name = got.get("name", "")
        if tag == "input" and name and "disabled" not in got:
            kind = got.get("type", "text")
            if kind in ("submit", "button", "file", "image"):
                return
            if kind in ("checkbox", "radio") and "checked" not in got:
                return
            self._add(name, got.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "textarea" and name:
            self._area = name
            self._add(name, "")
        elif tag == "select":
            self._select, self._first_option = name, None
        elif tag == "option" and self._select:
            value = got.get("value", "")
            if self._first_option is None:
                self._first_option = value
            if "selected" in got:
                self._add(self._select, value)

    def _add(self, name: str, value: str) -> None:
        if self._form is not None:
            self._form.values.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._form is not None:
            self._form.values[self._area] = [(self._form.values[self._area][0] + data).removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select" and self._select and self._form is not None:
            if self._select not in self._form.values and self._first_option is not None:
                self._add(self._select, self._first_option)
            self._select = None
        elif tag == "form":
            self._form = None
        elif tag == "main":
            self._in_main = False


def forms_of(page: str) -> list[Form]:
    """The forms in the main part of a page."""
    parser = _Forms()
    parser.feed(page)
    return parser.forms


class Browser:
    """One user's browser on one connection; not for two threads at once."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self._port = port
        self.cookies = dict(cookies)
        self._connection: http.client.HTTPConnection | None = None

    def twin(self) -> Browser:
        """The same user and session on another connection: a second tab, a second tap."""
        return Browser(self._port, self.cookies)

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, path: str) -> Reply:
        """Open a page."""
        return self._send("GET", path, None)

    def post(self, path: str, values: Values) -> Reply:
        """Send a form."""
        return self._send("POST", path, urlencode(values, doseq=True))

    def _send(self, method: str, path: str, body: str | None) -> Reply:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Gone(type(error).__name__) from error
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, _attributes = value.partition(";")
                key, _, content = cookie.partition("=")
                self.cookies[key] = content
        return Reply(answer.status, answer.getheader("Location") or "", text)

    def open_form(self, path: str) -> tuple[str, Values]:
        """Follow redirects from a 'new' address to its form; gives the form's address and its values untouched."""
        for _ in range(5):
            reply = self.get(path)
            if reply.status != 303:
                break
            path = reply.location
        if reply.status != 200:
            raise AssertionError(f"GET {path} answered {reply.status}")
        plain = path.partition("?")[0]
        found = [form for form in forms_of(reply.body) if form.method == "post" and form.action in ("", path, plain)]
        if not found:
            raise AssertionError(f"GET {path} shows no form")
        return found[0].action or path, found[0].values

    def token(self) -> str:
        """A token for buttons, from the page of the own account; it holds as long as the session."""
        reply = self.get("/account")
        _, _, rest = reply.body.partition('name="csrf_token"')
        before, _, _ = rest.partition(">")
        value = before.partition('value="')[2].partition('"')[0]
        if not value:
            raise AssertionError(f"no token on /account ({reply.status})")
        return value
