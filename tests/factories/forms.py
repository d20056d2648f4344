"""HTML forms as a browser without JavaScript sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

Values = dict[str, list[str]]


@dataclass
class FormOnPage:
    """A form with the values of its controls, the buttons that send it, and the answers it offers."""

    action: str
    method: str = "get"
    values: Values = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    offered: Values = field(default_factory=dict)

    def sent(self, do: str = "save", **changes: str | list[str]) -> Values:
        """What is sent when a button is pressed, some fields changed (`__` stands for a dot)."""
        values = {name: list(typed) for name, typed in self.values.items()}
        for name, value in changes.items():
            values[name.replace("__", ".")] = [value] if isinstance(value, str) else value
        values["do"] = [do]
        return values


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormOnPage] = []
        self._open: FormOnPage | None = None
        self._select: str | None = None
        self._first: str | None = None
        self._chosen: str | None = None
        self._area: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        names = {name for name, _ in attrs}
        if tag == "form":
            self._open = FormOnPage(found.get("action", ""), found.get("method", "get").lower())
            self.forms.append(self._open)
        if self._open is None:
            return
        if tag == "input" and found.get("name"):
            is_box = found.get("type") in ("checkbox", "radio")
            if is_box:
                self._open.offered.setdefault(found["name"], []).append(found.get("value", ""))
            if not is_box or "checked" in names:
                self._put(found["name"], found.get("value", ""))
        elif tag == "button" and found.get("name"):
            self._open.buttons.append((found["name"], found.get("value", "")))
        elif tag == "textarea":
            self._area, self._text = found["name"], ""
        elif tag == "select":
            self._select, self._first = found.get("name"), None
        elif tag == "option" and self._select:
            self._open.offered.setdefault(self._select, []).append(found.get("value", ""))
            if self._first is None:
                self._first = found.get("value", "")
            if "selected" in names:
                self._chosen = found.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._area is not None:
            # The first line break after the tag is no part of the text.
            self._put(self._area, self._text.removeprefix("\n"))
            self._area = None
        elif tag == "select" and self._select is not None:
            self._put(self._select, self._first or "" if self._chosen is None else self._chosen)
            self._select = self._chosen = None

    def _put(self, name: str, value: str) -> None:
        assert self._open is not None
        self._open.values.setdefault(name, []).append(value)


def forms_in(html: str) -> list[FormOnPage]:
    """All forms of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_to(html: str, path: str) -> FormOnPage:
    """The form of a page that is sent to a path."""
    return next(form for form in forms_in(html) if form.action == path)


def in_browser(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client that says, as browsers do, that its forms come from our own pages."""
    client.headers["Sec-Fetch-Site"] = "same-origin"
    return client
