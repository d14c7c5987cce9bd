"""Which language the command line speaks: the option of every command of the till."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.spoken import Language, Sentence, say, spoken

__all__ = ["Language", "LanguageOption", "Sentence", "say", "spoken"]

LanguageOption = Annotated[Language | None, typer.Option("--language", help="Of the messages.")]
