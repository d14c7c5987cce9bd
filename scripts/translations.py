"""Keep the languages of the screens up to date with the program.

Usage: translations.py [--check]

Without an option: takes the texts of `ui/` into every `ui/translations/echoppe_*.ts` (what is
translated stays, what nobody says any more goes), then compiles each into its `.qm`. Prints what
is left to translate. With `--check`: changes nothing, and fails where something is out of date.

The tools are Qt's own, which come with PySide6. English needs a file for its plurals only.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6

ROOT = Path(__file__).parent.parent
SPOKEN = ROOT / "ui"
FOLDER = SPOKEN / "translations"
SOURCE = "en"
"""The language in which the program is written: only plurals are translated."""

_TOOLS = Path(PySide6.__file__).parent
_SUFFIX = ".exe" if sys.platform == "win32" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One text of the program, and what a language says for it."""

    context: str  # the class that asks for it, or "wording"
    source: str
    comment: str = ""
    is_plural: bool = False
    forms: tuple[str, ...] = ()  # one, or one for each plural form
    is_finished: bool = False

    @property
    def key(self) -> tuple[str, str, str, bool]:
        """Return what makes it the same text in two files."""
        return self.context, self.source, self.comment, self.is_plural


def files() -> list[Path]:
    """Return the languages' files, as Qt Linguist opens them."""
    return sorted(FOLDER.glob("echoppe_*.ts"))


def language_of(file: Path) -> str:
    """Return `fr` for echoppe_fr.ts."""
    return file.stem.removeprefix("echoppe_")


def read(file: Path) -> list[Message]:
    """Return a file's messages, in its order."""
    messages = []
    for context in ET.parse(file).getroot().iter("context"):  # noqa: S314 our own file
        name = context.findtext("name", "")
        messages += [_message(name, element) for element in context.iter("message")]
    return messages


def _message(context: str, element: ET.Element) -> Message:
    translation = element.find("translation")
    assert translation is not None, ET.tostring(element)
    is_plural = element.get("numerus") == "yes"
    forms = [form.text or "" for form in translation.iter("numerusform")]
    return Message(
        context=context,
        source=element.findtext("source", ""),
        comment=element.findtext("comment", ""),
        is_plural=is_plural,
        forms=tuple(forms) if is_plural else (translation.text or "",),
        is_finished=translation.get("type") is None,
    )


def update(file: Path, *, language: str) -> None:
    """Take the program's texts into a file; what is translated there stays."""
    program = sorted(str(path.relative_to(ROOT)) for path in SPOKEN.rglob("*.py"))
    options = ["-no-obsolete", "-locations", "none", "-silent"]
    options += ["-source-language", SOURCE, "-target-language", language]
    if language == SOURCE:
        options.append("-pluralonly")
    # No heuristics: they fill a new text with the translation of one that looks alike.
    options += ["-disable-heuristic", "similartext"]
    _run("lupdate", [*options, *program, "-ts", str(file)])


def compile_to(target: Path, file: Path) -> None:
    """Write the form that the program loads; what is unfinished is left out.

    It takes the old file's place: Qt maps that into memory, and a till that runs would read
    nothing where it was cut short (a bus error).
    """
    fresh = target.with_suffix(".new")
    _run("lrelease", ["-silent", "-nounfinished", str(file), "-qm", str(fresh)])
    fresh.replace(target)


def outdated(file: Path) -> list[str]:
    """Return what is wrong with a language's files, in sentences; nothing changes on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        fresh, compiled = Path(folder, "fresh.ts"), Path(folder, "fresh.qm")
        update(fresh, language=language_of(file))
        compile_to(compiled, file)
        here, wanted = {m.key for m in read(file)}, {m.key for m in read(fresh)}
        qm = file.with_suffix(".qm")
        is_compiled = qm.is_file() and qm.read_bytes() == compiled.read_bytes()
    wrong = [f"{file.name} lacks {key}" for key in sorted(wanted - here)]
    wrong += [f"{file.name} has, and nobody says {key}" for key in sorted(here - wanted)]
    return wrong if is_compiled else [*wrong, f"{qm.name} is not what {file.name} makes"]


def _run(tool: str, arguments: Sequence[str]) -> None:
    program = _TOOLS / f"{tool}{_SUFFIX}"
    subprocess.run([str(program), *arguments], cwd=ROOT, check=True)


def main(arguments: Sequence[str]) -> int:
    """Run as a program, and return the exit status."""
    if "--check" in arguments:
        wrong = [sentence for file in files() for sentence in outdated(file)]
        print("\n".join(wrong) or "The languages are up to date.")
        return 1 if wrong else 0
    for file in files():
        update(file, language=language_of(file))
        compile_to(file.with_suffix(".qm"), file)
        left = [message for message in read(file) if not message.is_finished]
        print(f"{file.relative_to(ROOT)}: {len(left)} left to translate")
        for message in left:
            print(f"  {message.context}: {message.source}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
