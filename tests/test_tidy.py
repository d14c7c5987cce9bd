"""The bars and house rules that no linter knows; each says what to do instead.

A line may keep what a rule forbids by saying why: `# allowed: <reason>`.
A function over 40 lines says why on its `def` line, a file over 400 in a line of its own:
`# long: <reason>`.
"""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("pos", "receipts", "sync", "ui")
FOLDERS = (*PACKAGES, "tests", "scripts", "bench", "docs", "requirements", ".ci")
TEXT = {
    *("", ".cfg", ".csv", ".desktop", ".html", ".in", ".json", ".md", ".py", ".qss", ".sh", ".sql"),
    *(".svg", ".toml", ".ts", ".txt", ".yaml", ".yml"),
}

FUNCTION_LINES, FUNCTION_LINES_MAX = 40, 70
FILE_LINES, FILE_LINES_MAX, TEST_FILE_LINES_MAX = 400, 600, 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A pattern that has no place in some files, and what to do instead."""

    name: str
    where: tuple[str, ...]  # folders or files; "" is everywhere
    forbids: str
    advice: str
    bad: str  # a line that the rule must find
    good: str  # a line that it must leave alone
    besides: tuple[str, ...] = ()  # files in which it is right


RULES = (
    Rule(
        name="no nested event loop",
        where=("ui", "tests"),
        forbids=r"processEvents|QEventLoop|\.exec_?\(\)",
        besides=("ui/app.py", "ui/cli.py"),
        advice="open() and a signal; in tests qtbot.waitUntil or waitSignal",
        bad="dialog.exec()",
        good="dialog.open()",
    ),
    Rule(
        name="nobody sleeps",
        where=("ui", "tests", "pos"),
        forbids=r"\btime\.sleep\(|\bqWait\(|qtbot\.wait\(",
        advice="wait for the event itself: waitUntil, waitSignal, Event.wait, Queue.get",
        bad="time.sleep(0.1)",
        good="stopped.wait(timeout_s)",
    ),
    Rule(
        name="sqlite3 is the one that sqlite-utils uses",
        where=PACKAGES,
        forbids=r"^\s*(import|from) (sqlite3|pysqlite3)\b",
        advice="from sqlite_utils.utils import sqlite3: the two modules' exceptions are unrelated",
        bad="import sqlite3",
        good="from sqlite_utils.utils import sqlite3",
    ),
    Rule(
        name="writes are explicit SQL",
        where=("pos/store",),
        forbids=r"\b_?db(\.table\(|\[)|\.(insert|upsert)(_all)?\(|\.transform\(",
        besides=("pos/store/migrations.py",),
        advice="db.execute: a mistyped table would be made, and transform() drops triggers",
        bad='self._db.table("sale").insert(row)',
        good='self._db.execute("INSERT INTO sale VALUES (?)", [sale_id])',
    ),
    Rule(
        name="a transaction begins in one place",
        where=PACKAGES,
        forbids=r"[\"']BEGIN\b|\.atomic\(",
        besides=("pos/store/database.py",),
        advice="with transaction(db): it takes the lock at once and sorts conditions from bugs",
        bad='db.execute("BEGIN")',
        good="with transaction(db):",
    ),
    Rule(
        name="no float near money",
        where=("pos/domain", "pos/handlers", "pos/countries", "pos/money.py"),
        forbids=r"\bfloat\(|: float\b|-> float\b",
        advice="whole minor units and basis points; divide_half_away and split round",
        bad="def net(gross: float) -> float:",
        good="def net(gross: Money, *, rate_bp: int) -> Money:",
    ),
    Rule(
        name="amounts do not travel in a Signal of int",
        where=("ui",),
        forbids=r"Signal\([^)]*\b(int|float)\b",
        advice="Signal(object) or text: Qt's int wraps at 32 bits",
        bad="amount_entered = Signal(int)",
        good="amount_entered = Signal(object)",
    ),
    Rule(
        name="the clock is handed in",
        where=PACKAGES,
        forbids=r"datetime\.(now|utcnow|today)\(|date\.today\(|\btime\.time\(\)",
        besides=("pos/clock.py",),
        advice="take a `now` from pos/clock.py, so that a test can set it",
        bad="opened_at = datetime.now(UTC)",
        good="opened_at = self._now()",
    ),
    Rule(
        name="identifiers are made in one place",
        where=PACKAGES,
        forbids=r"\buuid\.uuid[1-8]\(|^\s*from uuid import .*uuid[1-8]",
        besides=("pos/ids.py",),
        advice="pos/ids.py",
        bad="from uuid import uuid4",
        good="from pos.ids import uuid7",
    ),
    Rule(
        name="text of others is plain text",
        where=("ui",),
        forbids=r"RichText|AutoText|\.setHtml\(|\.setMarkdown\(",
        advice="Qt.TextFormat.PlainText: a product may be called <b>",
        bad="label.setTextFormat(Qt.TextFormat.RichText)",
        good="label.setTextFormat(Qt.TextFormat.PlainText)",
    ),
    Rule(
        name="we promise no certification",
        where=("ui", "receipts", "docs", "README.md"),
        forbids=r"(?i)\bcertifi(ed|ée?s?|cation)\b|NF ?525",
        advice="nobody has certified this till; say what it does (numbered, chained, signed)",
        bad='legend = "Logiciel certifié NF525"',
        good='legend = "Numbered, chained and signed"',
    ),
    Rule(
        name="no path of one machine",
        where=("",),
        forbids=r"(?<![\w.}/-])/(?:work|farm|root|home/\w+|Users/\w+)/",
        advice="a path inside the project, tmp_path, or platformdirs",
        bad='data = Path("/home/zoe/echoppe")',
        good='data = Path(__file__).parent / "data"',
    ),
    Rule(
        name="no address of a package registry",
        where=("",),
        forbids=r"pypi\.org|pythonhosted|npmjs|(extra-)?index-url|find-links|\"resolved\":",
        advice="names, versions and hashes; where from is each machine's own setting",
        bad="--index-url = somewhere",
        good="msgspec==0.22.0 --hash=sha256:…",
    ),
    Rule(
        name="a suppression names its code and says why",
        where=("",),
        forbids=(
            r"#\s*noqa(?!: [A-Z]+\d+(, ?[A-Z]+\d+)* .*\w{3})"
            r"|#\s*type: ignore(?!\[[\w-]+(, ?[\w-]+)*\]\s+# \w)"
            r"|#\s*pragma: no (cover|branch)(?!\W+\w{2})"
            r"|#\s*fmt: (off|skip)(?!\W+\w{3})|^# (ruff|mypy): (noqa|ignore)"
        ),
        advice="`# noqa: CODE because …`, `# type: ignore[code]  # because …`",
        bad="except Exception:  # noqa: BLE001",
        good="except Exception:  # noqa: BLE001 a plug-in may raise anything",
    ),
    Rule(
        name="a test that is skipped says why",
        where=("tests",),
        forbids=r"mark\.(skip|xfail)(?!if)(?!\(.*reason=)|flaky|mark\.rerun",
        advice="reason=…; a flaky test is a bug with a seed",
        bad="@pytest.mark.skip",
        good='@pytest.mark.skip(reason="wants a printer")',
    ),
    Rule(
        name="nothing is left to do",
        where=("",),
        forbids=r"\b(TODO|FIXME|XXX|HACK)\b",
        advice="do it, or plan it elsewhere; WORKAROUND <link> for bugs of others",
        bad="# TODO: rounding",
        good="# WORKAROUND: Qt loses the focus here",
    ),
)


@cache
def texts() -> dict[str, list[str]]:
    """Return the lines of every text file of the project, by its path in the project."""
    paths = [p for p in ROOT.iterdir() if p.is_file()]
    for folder in FOLDERS:
        paths += [p for p in (ROOT / folder).rglob("*") if p.is_file()]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").splitlines()
        for path in sorted(paths)
        if path.suffix in TEXT
        and "__pycache__" not in path.parts
        and not path.is_relative_to(ROOT / "tests/data")
        if path.name != ".coverage" and not path.name.startswith(".coverage.")
    }


@cache
def sources() -> dict[str, ast.Module]:
    """Return the syntax tree of every Python file, by its path in the project."""
    return {
        name: ast.parse("\n".join(lines)) for name, lines in texts().items() if name.endswith(".py")
    }


def _applies(rule: Rule, name: str) -> bool:
    if name in rule.besides or name == "tests/test_tidy.py":
        return False
    return any(not place or name == place or name.startswith(f"{place}/") for place in rule.where)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name.replace(" ", "-"))
def test_a_house_rule_is_kept(rule: Rule) -> None:
    found = [
        f"{name}:{number}: {line.strip()}"
        for name, lines in texts().items()
        if _applies(rule, name)
        for number, line in enumerate(lines, start=1)
        if re.search(rule.forbids, line) and not re.search(r"(#|//|<!--) allowed: \w", line)
    ]
    assert not found, f"{rule.name} — rather: {rule.advice}\n" + "\n".join(found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name.replace(" ", "-"))
def test_a_house_rule_finds_what_it_is_about(rule: Rule) -> None:
    assert re.search(rule.forbids, rule.bad)
    assert not re.search(rule.forbids, rule.good)


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end; of a text (an explanation, SQL) only the first line counts."""
    further_lines = sum(
        (node.end_lineno or node.lineno) - node.lineno
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return (function.end_lineno or function.lineno) - function.lineno + 1 - further_lines


def _is_test(name: str) -> bool:
    return name.startswith("tests/")


def test_functions_are_short() -> None:
    long = []
    for name, tree in sources().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            length = _length(node)
            header = texts()[name][node.lineno - 1 : node.body[0].lineno]
            excused = _is_test(name) or any("# long: " in line for line in header)
            if length > FUNCTION_LINES_MAX or (length > FUNCTION_LINES and not excused):
                long.append(f"{name}:{node.lineno}: {node.name}: {length} lines")
    assert not long, f"at most {FUNCTION_LINES} lines:\n" + "\n".join(long)


def test_files_are_short() -> None:
    long = []
    for name in sources():
        lines = texts()[name]
        most = TEST_FILE_LINES_MAX if _is_test(name) else FILE_LINES_MAX
        excused = _is_test(name) or any(line.startswith("# long: ") for line in lines)
        if len(lines) > most or (len(lines) > FILE_LINES and not excused):
            long.append(f"{name}: {len(lines)} lines")
    assert not long, f"at most {FILE_LINES} lines:\n" + "\n".join(long)


VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "service",
    "base",
    "data",
    "info",
    "misc",
}


def test_a_module_is_named_after_what_it_is_about() -> None:
    allowed = {"sync/connectors/base.py"}
    vague = [
        name
        for name in sources()
        if name.split("/")[0] in PACKAGES and name not in allowed
        if VAGUE & {Path(part).stem for part in Path(name).parts}
    ]
    assert not vague, "one line is one responsibility; name it"


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} | {
        n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)
    }


KINDS_OF_ERROR = {"PosError", "Refused", "Unavailable", "Incompatible"}  # never raised themselves


def _errors() -> set[str]:
    """Return the names of all errors that somebody may be told about."""
    classes = {
        node.name: {name for base in node.bases for name in _names(base)}
        for name, tree in sources().items()
        if name.split("/")[0] in PACKAGES
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    known = {"PosError"}
    while more := {name for name, bases in classes.items() if bases & known} - known:
        known |= more
    return known - KINDS_OF_ERROR


def test_every_error_has_a_sentence_for_the_person_in_front_of_it() -> None:
    if "ui/wording.py" not in sources():
        pytest.skip("there is no screen yet")
    assert _errors(), "pos/errors.py has none?"
    speechless = _errors() - _names(sources()["ui/wording.py"])
    assert not speechless, "ui/wording.py has no sentence for these"


def test_every_version_is_pinned_with_its_hashes() -> None:
    for name in ("requirements/till.txt", "requirements/dev.txt"):
        text = "\n".join(texts()[name])
        assert "://" not in text, f"{name} names an address"
        pins = re.split(r"\n(?=[a-z])", text)[1:]
        assert len(pins) > 20, name
        assert any(pin.startswith("setuptools==") for pin in pins), f"{name}: it builds the rest"
        for pin in pins:
            assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", pin), f"{name}: {pin.splitlines()[0]}"
            assert "--hash=sha256:" in pin, f"{name}: {pin.splitlines()[0]}"


def test_the_till_runs_with_the_versions_that_were_tested() -> None:
    """What is installed for `make demo` is a part of what is installed for the tests."""
    tested = set(
        re.findall(r"^[\w.-]+==[\w.]+", "\n".join(texts()["requirements/dev.txt"]), re.MULTILINE)
    )
    sold = set(
        re.findall(r"^[\w.-]+==[\w.]+", "\n".join(texts()["requirements/till.txt"]), re.MULTILINE)
    )
    assert sold
    assert sold <= tested


def test_every_exception_to_the_rules_of_our_tools_has_its_reason() -> None:
    settings = "\n".join(texts()["pyproject.toml"])
    lists = re.findall(r"(?ms)^(?:ignore|qt_log_ignore) = \[\n(.*?)^\]", settings)
    per_file = re.findall(r"(?ms)^\[tool\.ruff\.lint\.per-file-ignores\]\n(.*?)^\[", settings)
    overrides = re.findall(r"(?ms)^\[\[tool\.mypy\.overrides\]\]\n(.*?)^\[", settings)
    assert lists
    assert per_file
    lines = [line for block in (*lists, *per_file) for line in block.splitlines() if '"' in line]
    lines += [
        line
        for block in overrides
        for line in block.splitlines()
        if "module = " not in line and "=" in line
    ]
    bare = [
        line.strip()
        for line in lines
        if not line.rstrip().endswith("= [") and not re.search(r"# .*\w{3}", line)
    ]
    assert not bare


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads("\n".join(texts()["pyproject.toml"]))["project"]
    assert "version" in project["dynamic"]
    assert any(line.startswith('__version__ = "') for line in texts()["pos/__init__.py"])
