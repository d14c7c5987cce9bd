"""The first start: who sells, where, who manages, what is sold. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from pos.countries import COUNTRIES
from pos.domain.search import search_words
from pos.errors import BadConfiguration
from pos.seller_file import TillPlan, plan_of
from ui.screens.catalogue_choice import CatalogueChoice, CatalogueView
from ui.screens.welcome import wording

FRESH = {"country": "FR", "till_code": "1", "manager_code": "M1"}
SECRETS = {"pin", "pin_again"}

Step = Literal["doors", "seller", "stand", "manager", "catalogue", "ready", "join"]
STEPS: tuple[Step, ...] = ("doors", "seller", "stand", "manager", "catalogue", "ready")
PAGES: tuple[Step, ...] = (*STEPS, "join")
"""A till that joins a hub is told by it who sells, where and what: there is one page for it."""


# Which fields stand on which step: name of the field -> (table, key) of a seller's file.
FIELDS: dict[Step, dict[str, tuple[str, str]]] = {
    "seller": {
        "country": ("seller", "country"),
        "name": ("seller", "name"),
        "legal_form": ("seller", "legal_form"),
        "street": ("seller", "address"),
        "town": ("seller", "address"),
        "registration": ("seller", "registration"),
        "vat_number": ("seller", "vat_number"),
        "vat_exemption": ("seller", "vat_exemption"),
    },
    "stand": {
        "stand_name": ("stand", "name"),
        "stand_code": ("stand", "code"),
        "till_code": ("till", "code"),
    },
    "manager": {
        "manager_name": ("manager", "name"),
        "manager_code": ("manager", "code"),
        "pin": ("manager", "pin"),
        "pin_again": ("manager", "pin_again"),
    },
}


class WelcomeView(CatalogueView, Protocol):
    """What the first start needs of its widgets."""

    def show_step(self, step: Step, number: int, count: int) -> None: ...
    def show_fields(self, values: dict[str, str]) -> None: ...
    def show_problems(self, problems: dict[str, str], *, focuses: bool = True) -> None: ...
    def show_draft(self, *, is_there: bool) -> None: ...
    def show_summary(self, lines: tuple[str, ...]) -> None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was decided: the till to make, and the file to fill it with."""

    plan: TillPlan
    catalogue: Path | None
    tax_classes: dict[str, str]  # by the file's product types; the others are standard


class WelcomePresenter:
    """Keeps what was typed, whichever way one goes through the steps."""

    def __init__(self, view: WelcomeView, preview: Callable[[Path, str], None]) -> None:
        self._view = view
        self._step: Step = "doors"
        self._values = dict(FRESH)
        self._wrong: dict[str, str] = {}  # what is shown on this step
        self._has_draft = False
        self.changed: Callable[[], None] = lambda: None
        self.catalogue = CatalogueChoice(view, preview, lambda: self._values["country"])
        self.finished: Callable[[Wanted], None] = lambda _wanted: None

    @property
    def draft(self) -> dict[str, str]:
        """Return what was typed, without the PIN: it is written nowhere but as a hash."""
        return {name: text for name, text in self._values.items() if name not in SECRETS}

    def begin(self, draft: dict[str, str] | None = None) -> None:
        """Show the doors; with a draft, setting up goes on where it was left."""
        self._has_draft = bool(draft)
        known = {*FRESH, "stand_code_typed", *(name for step in FIELDS.values() for name in step)}
        kept = {name: text for name, text in (draft or {}).items() if name in known - SECRETS}
        self._values = {**FRESH, **kept}
        if self._values["country"] not in COUNTRIES:
            self._values["country"] = FRESH["country"]
        self._show("doors")

    def forget(self) -> None:
        """Begin with empty fields."""
        self.begin()
        self.changed()

    def set_up(self) -> None:
        """Go through the door to a till that sells: to the first step that is not done."""
        if not self._has_draft:
            self._show("seller")
            return
        self._show(next((step for step in STEPS[1:] if self._problems(step)), "ready"))

    def join(self) -> None:
        """Go through the door to a hub."""
        self._show("join")

    def change(self, field: str, text: str) -> None:
        """Take what was typed into a field."""
        self._values[field] = text
        if field == "stand_name" and not self._values.get("stand_code_typed"):
            self._values["stand_code"] = _initials(text)
            self._view.show_fields(self._values)
        if field == "stand_code":
            self._values["stand_code_typed"] = text
        if field == "country":
            self._view.show_fields(self._values)
        if self._wrong:  # what is right now is red no longer
            problems = self._problems(self._step)
            self._wrong = {name: problems[name] for name in self._wrong if name in problems}
            self._view.show_problems(self._wrong, focuses=False)
        self.changed()

    def next(self) -> None:
        """Go on if this step is right; else say what is not."""
        if self._step == "join":
            return  # the hub says when it goes on
        problems = self._wrong = self._problems(self._step)
        self._view.show_problems(problems)
        if problems:
            return
        if self._step == "ready":
            usable = self.catalogue.usable
            path = usable.path if usable is not None else None
            self.finished(Wanted(self._plan(), path, self.catalogue.tax_classes))
            return
        self._show(STEPS[STEPS.index(self._step) + 1])

    def back(self) -> None:
        """Go back; nothing is lost."""
        self._show(STEPS[max(_number(self._step) - 1, 0)])

    def _show(self, step: Step) -> None:
        self._step, self._wrong = step, {}
        self._view.show_fields(self._values)
        self._view.show_problems({})
        self._view.show_draft(is_there=self._has_draft)
        if step == "ready":
            self._view.show_summary(self._summary())
        self._view.show_step(step, _number(step), len(STEPS) - 1)

    def _problems(self, step: Step) -> dict[str, str]:
        """Return what is wrong on a step, by field."""
        fields = FIELDS.get(step)
        if fields is None:
            return {}
        found: dict[str, str] = {}
        for name, problem in self._all_problems():
            for field, (table, key) in fields.items():
                if name == f"{table}.{key}" and field not in found:
                    typed = wording.Typed(
                        field, self._values.get(field, "").strip(), self._values["country"]
                    )
                    found[field] = wording.field_problem(problem, typed)
        if step == "manager":
            if not self._values.get("pin"):
                found["pin"] = wording.field_problem("missing")
            elif self._values.get("pin") != self._values.get("pin_again"):
                found["pin_again"] = wording.field_problem("differs")
        return found

    def _all_problems(self) -> tuple[tuple[str, str], ...]:
        try:
            self._plan()
        except BadConfiguration as bad:
            return bad.problems
        return ()

    def _plan(self) -> TillPlan:
        return plan_of(self._content(), Path())

    def _content(self) -> dict[str, Any]:
        value = {name: text.strip() for name, text in self._values.items()}
        address = [line for line in (value.get("street", ""), value.get("town", "")) if line]
        seller: dict[str, Any] = {"address": address, "country": value["country"]}
        for key in ("name", "legal_form", "registration", "vat_number", "vat_exemption"):
            if value.get(key):
                seller[key] = value[key]
        return {
            "seller": seller,
            "stand": _kept(name=value.get("stand_name"), code=_capitals(value.get("stand_code"))),
            "till": _kept(code=_capitals(value.get("till_code"))),
            "manager": _kept(
                name=value.get("manager_name"),
                code=_capitals(value.get("manager_code")),
                pin=value.get("pin"),
            ),
        }

    def _summary(self) -> tuple[str, ...]:
        plan = self._plan()
        seller, identity = plan.identity.seller, plan.identity
        catalogue = self.catalogue.usable
        lines = [
            f"{seller.name}, {seller.legal_form}",
            ", ".join(seller.address),
            f"{COUNTRIES[seller.country].numbers.registration} {seller.registration}",
            seller.vat_number or seller.vat_exemption,
            wording.stand_and_till(identity.stand_name, identity.stand, identity.till),
            wording.first_receipt(f"{identity.stand}-{identity.till}-1-000001"),
            wording.manager_line(plan.manager.name, plan.manager.code),
        ]
        if catalogue is not None and catalogue.summary is not None:
            summary = catalogue.summary
            lines.append(wording.file_brings(summary.products, summary.variants, 0))
        else:
            lines.append(wording.no_catalogue())
        return tuple(lines)


def _number(step: Step) -> int:
    return STEPS.index(step) if step in STEPS else 0


def _initials(name: str) -> str:
    words = search_words(name)
    letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:3]
    return letters.upper()[:6]


def _capitals(text: str | None) -> str | None:
    return text.upper() if text else text


def _kept(**fields: str | None) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text}
