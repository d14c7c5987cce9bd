"""One request of somebody to head office's pages, and the answers that it may get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pos.money import Currency
from sync.hub.hub import Hub
from sync.hub.store.overview import House
from sync.hub.store.people import Person
from sync.hub.web.pages import render
from sync.hub.web.shown import Shown
from sync.hub.web.words import Language, say

NUMBER_MAX = 2**53
"""No row is numbered as high, and every database can still be asked for it."""

NUMBER_DIGITS_MAX = len(str(NUMBER_MAX))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request whose sender is known, with its form read."""

    hub: Hub
    request: Request
    person: Person | None
    house: House
    language: Language
    now: datetime
    form: FormData = field(default_factory=FormData)

    @property
    def who(self) -> Person:
        assert self.person is not None, "the guard lets nobody in without a session"
        return self.person

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    @property
    def currency(self) -> Currency:
        return Currency(self.house.currency)

    @property
    def shown(self) -> Shown:
        """Return how amounts and times look to this person."""
        return Shown(
            language=self.language,
            currency=self.currency,
            zone=ZoneInfo(self.house.time_zone),
            now=self.now,
        )

    @property
    def is_of_htmx(self) -> bool:
        return self.request.headers.get("HX-Request") == "true"

    @property
    def page_number(self) -> int:
        """Return which page of a list is asked for: 1 if it is none."""
        asked = self.query.get("page", "")
        return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1

    def say(self, key: str, /, **values: object) -> str:
        """Return a sentence of the table in this person's language."""
        return say(self.language, key, **values)

    def typed(self, name: str) -> str:
        """Return a field of the form as text; "" where it is missing or a file."""
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""

    def secret(self, name: str) -> str:
        """Return a field exactly as typed: a password may begin with a space."""
        value = self.form.get(name)
        return value if isinstance(value, str) else ""

    def part(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.request.path_params[name])

    def number(self, name: str) -> int | None:
        """Return a part of the path as what a row may be numbered; None if it is none."""
        part = self.part(name)
        is_number = part.isascii() and part.isdigit() and len(part) <= NUMBER_DIGITS_MAX
        return int(part) if is_number and int(part) <= NUMBER_MAX else None

    def page(self, template: str, **context: object) -> HTMLResponse:
        """Return a page or a part of one."""
        known: dict[str, object] = {
            "house": self.house,
            "other_page": self._other_page,
            "path": self.request.url.path,
            "person": self.person,
            "shown": self.shown,
        }
        return HTMLResponse(render(template, self.language, known | context))

    def _other_page(self, number: int) -> str:
        """Return the address of another page of the list that is shown."""
        url = self.request.url.include_query_params(page=number)
        return f"{url.path}?{url.query}"

    def problem(self, sentence: str, *, status: int) -> HTMLResponse:
        """Return a page that says what went wrong in a sentence of the table."""
        response = self.page("problem.html", sentence=sentence)
        response.status_code = status
        return response

    def not_found(self) -> Response:
        return self.problem("problem.not_found", status=404)


def see(path: str) -> RedirectResponse:
    """Send a browser on after a form, so that loading again does nothing twice."""
    return RedirectResponse(path, status_code=303)
