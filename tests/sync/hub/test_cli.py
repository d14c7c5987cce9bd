"""The command echoppe-hub: a person's way in, and a sentence for everything they can get wrong."""

from __future__ import annotations

import json
import os
import random
import re
import select
import shutil
import signal
import ssl
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner, Result

from pos.clock import utc_now
from pos.ids import JournalId
from sync.enrol import Machine, enrol
from sync.enrolment_code import read_code
from sync.enrolment_protocol import Invitation
from sync.hub import backup, cli_words, feed
from sync.hub.cli import app
from sync.hub.hub import Hub, Place
from sync.hub.ingest import accept
from sync.hub.meaning import Trouble
from sync.hub.people import log_in
from sync.hub.store import catalogue, incidents, people
from sync.hub.store.database import sqlite_module
from sync.hub.verification import FlawReason
from tests.pos.test_seller_file import FRENCH, seller_file
from tests.sync.hub.serving import HANG_GUARD_S
from tests.sync.journals import JOURNAL, TillJournal, a_key

PASSWORD = "a password that nobody guesses"
ROOT = Path(__file__).parents[3]


def run(*arguments: str | Path, given: str = "", language: str = "en") -> Result:
    told = [str(one) for one in arguments]
    if "--help" not in told:
        told += ["--language", language]
    result = CliRunner().invoke(app, told, input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def init(data: Path, *more: str | Path, given: str = f"{PASSWORD}\n") -> Result:
    return run("init", "--data", data, "--owner", "Zoé", *more, given=given)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give the folder of a hub."""
    folder = tmp_path / "hub"
    done = init(folder, "--seller", seller_file(tmp_path))
    assert done.exit_code == 0, done.output
    return folder


def take_in(data: Path, journal: TillJournal) -> None:
    hub = Hub.open(Place(data=data))
    with hub.journals.work(JournalId(JOURNAL)) as work:
        accept(work, journal.batch())
    hub.close()


# init ----------------------------------------------------------------------------------------


def test_init_makes_a_hub_with_its_key_its_stand_its_owner_and_its_manager(
    tmp_path: Path, data: Path
) -> None:
    hub = Hub.open(Place(data=data))
    organisation = hub.organisation()
    assert (organisation.name, organisation.mode) == ("Les Disques du Quai", "live")
    assert (organisation.currency, organisation.time_zone) == ("EUR", "Europe/Paris")
    with hub.database.read() as connection:
        assert [one.stand for one in catalogue.all_stands(connection)] == ["GS"]
        assert [one.role for one in catalogue.all_staff(connection)] == ["manager"]
        assert [(one.name, one.role) for one in people.accounts(connection)] == [("zoé", "owner")]
    hub.close()
    for private in ("organisation.key", "hub.db"):
        assert stat.S_IMODE((data / private).stat().st_mode) == 0o600


def test_init_leaves_a_hub_as_it_is(tmp_path: Path, data: Path) -> None:
    again = init(data, "--training", "--name", "Another")
    assert again.exit_code == 2
    assert "This is the hub of Les Disques du Quai already" in again.output


def test_a_hub_for_training_needs_no_seller(tmp_path: Path) -> None:
    done = init(tmp_path / "hub", "--training")
    assert done.exit_code == 0, done.output
    hub = Hub.open(Place(data=tmp_path / "hub"))
    assert (hub.organisation().name, hub.organisation().mode) == ("Formation", "training")
    hub.close()


def test_an_init_that_stopped_halfway_may_be_repeated(tmp_path: Path) -> None:
    """The key is there, the organisation is not."""
    folder = tmp_path / "hub"
    short = init(folder, "--training", given="short\n")
    assert (short.exit_code, "at least 10 characters" in short.output) == (2, True)
    key = (folder / "organisation.key").read_bytes()
    assert init(folder, "--training").exit_code == 0
    assert (folder / "organisation.key").read_bytes() == key


@pytest.mark.parametrize(
    ("arguments", "given", "sentence"),
    [
        (["--training", "--owner", " "], f"{PASSWORD}\n", "--owner NAME, 1 to 60 characters"),
        (["--training"], "", "one line on standard input"),
        (["--training"], "x" * 300 + "\n", "at most 200 characters"),
        ([], f"{PASSWORD}\n", "Say who sells"),
        (["--seller", "absent.toml"], f"{PASSWORD}\n", "there is no such file"),
        (["--training", "--database", "mysql://x"], f"{PASSWORD}\n", "postgresql://"),
        (["--training", "--database", "postgresql://127.0.0.1:1/x"], f"{PASSWORD}\n", "cannot be"),
    ],
)
def test_init_says_what_is_wrong(
    tmp_path: Path, arguments: list[str], given: str, sentence: str
) -> None:
    done = init(tmp_path / "hub", *arguments, given=given)
    assert done.exit_code in {2, 3}
    assert sentence in done.output
    assert "Traceback" not in done.output


def test_a_wrong_field_of_the_seller_is_named(tmp_path: Path) -> None:
    wrong = seller_file(tmp_path, FRENCH.replace("123 456 782 00010", "123"))
    done = init(tmp_path / "hub", "--seller", wrong)
    assert done.exit_code == 2
    assert "seller.registration" in done.output


# Who is not there ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", "--port", "0"],
        ["enrol", "--stand", "GS"],
        ["revoke", "GS-1"],
        ["status"],
        ["verify"],
        ["backup", "hub.zip"],
        ["token", "shop", "--scopes", "sales:read"],
        ["import", "staff", "staff.csv"],
        ["import", "stands", "stands.csv"],
        ["import", "products", "products.csv"],
    ],
)
def test_every_command_says_that_there_is_no_hub_yet(tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments, "--data", tmp_path)
    assert done.exit_code == 2
    assert "There is no hub in" in done.output
    assert "echoppe-hub init" in done.output
    assert "Il n’y a pas encore de hub" in run(*arguments, "--data", tmp_path, language="fr").output


def test_without_its_key_a_hub_says_where_it_belongs(data: Path) -> None:
    (data / "organisation.key").write_bytes(b"no key")
    done = run("status", "--data", data)
    assert (done.exit_code, "organisation.key" in done.output) == (2, True)


def test_a_hub_of_a_newer_version_is_left_as_it_is(data: Path) -> None:
    module = sqlite_module()
    connection = module.connect(data / "hub.db")
    connection.execute("UPDATE alembic_version SET version_num = 'm9999'")
    connection.commit()
    connection.close()
    done = run("status", "--data", data)
    assert (done.exit_code, "newer version" in done.output) == (3, True)


def test_a_damaged_hub_is_left_as_it_is(data: Path) -> None:
    (data / "hub.db").write_bytes(b"x" * 8_192)
    done = run("status", "--data", data)
    assert (done.exit_code, "damaged" in done.output) == (3, True)


# Tills ---------------------------------------------------------------------------------------


def test_enrol_shows_the_qr_code_the_address_and_the_code(data: Path) -> None:
    done = run(
        "enrol", "--data", data, "--stand", "grande scène", "--address", "https://10.0.0.2:1/"
    )
    assert done.exit_code == 0, done.output
    assert "Address: https://10.0.0.2:1\n" in done.output
    code = re.search(r"Code:\s+(\S+)", done.output)
    assert code is not None
    assert read_code(code[1]) == code[1]
    blocks = [line for line in done.output.splitlines() if set(line) & set("█▀▄")]
    assert len(blocks) > 15
    assert len({len(line) for line in blocks}) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--stand", "XX"], "There is no stand XX. There are: GS."),
        (["--stand", "GS"], "Nobody has said where tills find this hub"),
    ],
)
def test_enrol_says_what_is_missing(data: Path, arguments: list[str], sentence: str) -> None:
    done = run("enrol", "--data", data, *arguments)
    assert (done.exit_code, sentence in done.output) == (2, True)


def test_stands_of_one_name_are_told_apart_by_their_code(tmp_path: Path, data: Path) -> None:
    table = tmp_path / "stands.csv"
    table.write_text("stand;name\nA;Bar\nB;Bar\n", encoding="utf-8")
    assert run("import", "stands", table, "--data", data).output == "2 rows, 2 new or changed.\n"
    done = run("enrol", "--data", data, "--stand", "bar")
    assert "Several stands are called bar: name one by its code, A, B." in done.output


def test_a_till_that_is_not_there_cannot_be_revoked(data: Path) -> None:
    done = run("revoke", "GS-9", "--data", data)
    assert (done.exit_code, "There is no till GS-9" in done.output) == (2, True)


# Files, tokens, checks -----------------------------------------------------------------------


def test_staff_comes_from_a_table_or_not_at_all(tmp_path: Path, data: Path) -> None:
    table = tmp_path / "staff.csv"
    table.write_text("code;name;role\nLUC;Luc;cashier\nANA;Ana;queen\n", encoding="utf-8")
    done = run("import", "staff", table, "--data", data)
    assert done.exit_code == 1
    assert 'line 3, column role: "queen" is not a role' in done.output
    assert "Nothing was imported." in done.output
    missing = run("import", "staff", tmp_path / "none.csv", "--data", data)
    assert missing.exit_code == 2


def test_products_come_from_a_shop_s_export(tmp_path: Path, data: Path) -> None:
    table = tmp_path / "products.csv"
    table.write_text(
        "Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Barcode\n"
        "tee,T-shirt,Size,M,25.00,4006381333931\n",
        encoding="utf-8",
    )
    done = run("import", "products", table, "--data", data)
    assert done.exit_code == 0, done.output
    assert "1 product" in done.output
    wrong = run("import", "products", table, "--data", data, "--stand", "XX")
    assert (wrong.exit_code, "There is no stand XX." in wrong.output) == (2, True)
    wrong = run("import", "products", table, "--data", data, "--pictures", tmp_path / "none")
    assert (wrong.exit_code, "none is not a folder with pictures" in wrong.output) == (2, True)
    wrong = run("import", "products", table, "--data", data, "--tax-class", "x")
    assert (wrong.exit_code, "TYPE=CLASS" in wrong.output) == (2, True)
    table.write_bytes(b"\x00\x01")
    assert run("import", "products", table, "--data", data).exit_code == 2


def test_a_product_that_no_till_could_be_told_of_is_a_sentence(tmp_path: Path, data: Path) -> None:
    table = tmp_path / "products.csv"
    columns = [f"Option{place} {what}" for place in (1, 2, 3) for what in ("Name", "Value")]
    long = "of a collection with a very long name indeed as some shops have them"
    options = ",".join(f"{name},{{number}} {long}" for name in "ABC")
    rows = [f"tee,T-shirt,{options},25.00".format(number=number) for number in range(2_000)]
    head = ",".join(["Handle", "Title", *columns, "Variant Price"])
    table.write_text("\n".join([head, *rows]), encoding="utf-8")
    done = run("import", "products", table, "--data", data)
    assert (done.exit_code, "divide that product" in done.output) == (2, True)


def test_a_token_is_shown_once(data: Path) -> None:
    done = run("token", "web shop", "--scopes", "sales:read, stock:read", "--data", data)
    assert done.exit_code == 0, done.output
    assert re.search(r"^ech_\S{40,}$", done.output, re.MULTILINE)
    wrong = run("token", "web shop", "--scopes", "everything", "--data", data)
    assert (wrong.exit_code, "--scopes wants some of" in wrong.output) == (2, True)


def test_somebody_who_forgot_their_password_gets_another(data: Path) -> None:
    done = run("password", "ZOÉ", "--data", data, given="quite another one\n")
    assert (done.exit_code, "zoé may log in with the new password" in done.output) == (0, True)
    hub = Hub.open(Place(data=data))
    assert log_in(hub.database, "zoé", PASSWORD, utc_now()) is None
    assert log_in(hub.database, "zoé", "quite another one", utc_now())
    hub.close()
    wrong = run("password", "nobody", "--data", data, given="quite another one\n")
    assert (wrong.exit_code, "Nobody is called nobody. There are: zoé." in wrong.output) == (
        2,
        True,
    )
    short = run("password", "zoé", "--data", data, given="short\n")
    assert (short.exit_code, "at least 10 characters" in short.output) == (2, True)


def test_verify_finds_an_entry_that_was_changed_behind_the_hub_s_back(data: Path) -> None:
    take_in(data, TillJournal(facts=9))
    done = run("verify", "--data", data)
    assert (done.exit_code, "10 entries of 1 journal are as they were signed" in done.output) == (
        0,
        True,
    )
    module = sqlite_module()
    connection = module.connect(data / "hub.db")
    connection.execute("UPDATE entry SET body = CAST('{}' AS BLOB) WHERE seq = 4")
    connection.commit()
    connection.close()
    done = run("verify", "--data", data)
    assert done.exit_code == 1
    assert "entry 4: it is not what its digest says" in done.output
    assert "not as they were signed: 1 of 1." in done.output
    french = run("verify", "--data", data, language="fr").output
    assert "écriture 4 : elle ne correspond pas à son empreinte" in french


def test_verify_has_words_for_every_flaw() -> None:
    for reason in get_args(FlawReason):
        assert f"flaw.{reason}" in cli_words.SENTENCES


def test_status_counts(data: Path) -> None:
    take_in(data, TillJournal(facts=9))
    done = run("status", "--data", data)
    assert done.exit_code == 0
    assert "Les Disques du Quai (live): 0 tills" in done.output
    assert "10 entries in 1 journal, 0 products" in done.output


def test_status_counts_more_incidents_than_a_page_shows(data: Path) -> None:
    hub = Hub.open(Place(data=data))
    many = [Trouble(kind="clock", subject=str(number)) for number in range(incidents.PAGE_MAX + 1)]
    with hub.database.write() as connection:
        incidents.tell(connection, [*many, Trouble(kind="fork", subject="x")], "2026-07-18T12:00Z")
        incidents.close_many(connection, "fork", ["x"], "2026-07-18T12:01Z")
    hub.close()
    assert f"{incidents.PAGE_MAX + 1} open incidents" in run("status", "--data", data).output


# Backup and restore --------------------------------------------------------------------------


def test_a_backup_brings_everything_back_with_another_feed(tmp_path: Path, data: Path) -> None:
    take_in(data, TillJournal(facts=9))
    file = tmp_path / "backup.zip"
    assert run("backup", file, "--data", data).exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    elsewhere = tmp_path / "elsewhere"
    done = run("restore", file, "--data", elsewhere)
    assert (done.exit_code, "hub of Les Disques du Quai is back" in done.output) == (0, True)
    assert "10 entries of 1 journal" in run("verify", "--data", elsewhere).output
    first, second = Hub.open(Place(data=data)), Hub.open(Place(data=elsewhere))
    assert feed.head(first.database).feed_id != feed.head(second.database).feed_id
    first.close()
    second.close()


def test_neither_backup_nor_restore_overwrites_anything(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "backup.zip"
    run("backup", file, "--data", data)
    content = file.read_bytes()
    again = run("backup", file, "--data", data)
    assert (again.exit_code, "It was left as it is" in again.output) == (2, True)
    assert file.read_bytes() == content
    over = run("restore", file, "--data", data)
    assert (over.exit_code, "Restore into another folder" in over.output) == (2, True)


def test_what_is_no_backup_is_not_restored(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "backup.zip"
    run("backup", file, "--data", data)
    (tmp_path / "cut.zip").write_bytes(file.read_bytes()[:-100])
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("holiday.txt", "sun")
    (tmp_path / "text.zip").write_text("hello", encoding="utf-8")
    for name in ("cut.zip", "other.zip", "text.zip", "none.zip"):
        done = run("restore", tmp_path / name, "--data", tmp_path / "elsewhere")
        assert (done.exit_code, "is no backup of a hub" in done.output) == (2, True), name
        assert not (tmp_path / "elsewhere" / "hub.db").exists()
    assert run("restore", "--data", data).exit_code == 2


def test_a_backup_that_is_damaged_anywhere_leaves_nothing_behind(
    tmp_path: Path, data: Path
) -> None:
    file, bad, elsewhere = tmp_path / "hub.zip", tmp_path / "bad.zip", tmp_path / "elsewhere"
    run("backup", file, "--data", data)
    whole, refused = file.read_bytes(), 0
    for seed in range(40):
        content, chance = bytearray(whole), random.Random(seed)
        for _ in range(chance.choice([1, 3, 50])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        bad.write_bytes(content)
        try:
            backup.unpack(bad, Place(data=elsewhere))
        except backup.NotABackup:
            refused += 1
            assert not elsewhere.exists() or not list(elsewhere.iterdir()), seed
        else:  # what was hit is no part of what is kept, such as the time of a file
            shutil.rmtree(elsewhere)
    assert refused > 30


def test_a_backup_is_put_back_piece_by_piece(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A season's journals are gigabytes."""
    file, elsewhere = tmp_path / "hub.zip", tmp_path / "elsewhere"
    run("backup", file, "--data", data)
    monkeypatch.setattr(backup, "PIECE_BYTES", 1_000)
    sizes: list[int] = []
    read = zipfile.ZipExtFile.read

    def measured(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        piece = read(self, n)
        sizes.append(len(piece))
        return piece

    monkeypatch.setattr(zipfile.ZipExtFile, "read", measured)
    backup.unpack(file, Place(data=elsewhere))
    assert (max(sizes), sum(sizes) > 50_000) == (1_000, True)
    assert (elsewhere / "hub.db").stat().st_size > 50_000


# serve ---------------------------------------------------------------------------------------


@contextmanager
def served(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the hub as a program; gives the process and its address."""
    command = [sys.executable, "-c", "from sync.hub.cli import main; main()", "serve"]
    command += ["--data", str(data), "--port", "0", "--host", "127.0.0.1", "--language", "en"]
    process = subprocess.Popen(
        [*command, *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONWARNINGS": "error"},
    )
    try:
        assert process.stdout is not None
        assert select.select([process.stdout], [], [], HANG_GUARD_S)[0], "the hub does not start"
        line = process.stdout.readline()
        found = re.search(r"https?://\S+", line)
        assert found, (line, process.stderr and process.stderr.read())
        yield process, found[0]
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=HANG_GUARD_S)


def health(address: str) -> dict[str, object]:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with urlopen(f"{address}/health", timeout=HANG_GUARD_S, context=context) as answer:  # noqa: S310 because it is ours
        said: dict[str, object] = json.load(answer)
        return said


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_hub_serves_until_it_is_told_to_stop(data: Path, stop: signal.Signals) -> None:
    with served(data) as (process, address):
        assert health(address)["ok"] is True
        process.send_signal(stop)
        output, errors = process.communicate(timeout=HANG_GUARD_S)
    assert (process.returncode, output.splitlines()[-1]) == (0, "Stopped.")
    lines = [json.loads(line) for line in errors.splitlines()]
    assert [line["event"] for line in lines] == ["request", "stopping", "stopped"]
    assert lines[0]["path"] == "/health"
    assert stat.S_IMODE((data / "tls.key").stat().st_mode) == 0o600


def test_a_code_from_the_terminal_lets_a_till_in_while_the_hub_serves(data: Path) -> None:
    with served(data) as (_, address):
        shown = run("enrol", "--data", data, "--stand", "GS").output
        code = re.search(r"Code:\s+(\S+)", shown)
        assert code is not None
        assert f"Address: {address}" in shown
        invitation = Invitation(address=address, fingerprint=b"", code=code[1], expires_at=0)
        joined = enrol(invitation, Machine(public_key=a_key(5).public, name="under the stage"))
        assert joined.identity.stand == "GS"
        assert "GS-1     active     seen never" in run("status", "--data", data).output
        assert run("revoke", "GS-1", "--data", data).exit_code == 0
        assert "was revoked before" in run("revoke", "GS-1", "--data", data).output
        assert "GS-1     revoked" in run("status", "--data", data).output


def test_a_log_says_nothing_about_people(tmp_path: Path, data: Path) -> None:
    with served(data) as (process, address):
        for target in ("/login?next=/Zoe", "/Zoe", "/v1/Zoe", "/tills/Zoe/revoke", "/language/fr"):
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            try:
                urlopen(f"{address}{target}", context=context, timeout=HANG_GUARD_S).close()  # noqa: S310 because it is ours
            except OSError:
                continue
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=HANG_GUARD_S)
    assert "Zoe" not in errors
    paths = {json.loads(line).get("path") for line in errors.splitlines()}
    assert {"/login", "/tills/{till_id}/revoke", "-"} <= paths


def test_a_port_that_is_taken_is_a_sentence(data: Path) -> None:
    with served(data) as (_, address):
        port = address.rsplit(":", 1)[1]
        done = run("serve", "--data", data, "--port", port, "--host", "127.0.0.1")
    assert done.exit_code == 3
    assert f"Port {port} cannot be had on 127.0.0.1" in done.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--tls-cert", "x.pem"], "go together"),
        (["--tls-cert", "x.pem", "--tls-key", "x.key"], "x.pem is no certificate"),
        (["--no-tls", "--tls-cert", "x.pem"], "x.pem is no certificate"),
    ],
)
def test_a_certificate_that_cannot_be_used_is_a_sentence(
    data: Path, arguments: list[str], sentence: str
) -> None:
    done = run("serve", "--data", data, "--port", "0", *arguments)
    assert (done.exit_code, sentence in done.output) == (2, True)


def test_behind_a_proxy_a_hub_speaks_in_clear_and_says_the_proxy_s_address(data: Path) -> None:
    with served(data, "--no-tls", "--address", "https://hub.example.org/") as (_, address):
        assert address == "https://hub.example.org"
        shown = run("enrol", "--data", data, "--stand", "GS").output
        assert "Address: https://hub.example.org\n" in shown


def test_one_of_a_thing_is_said_of_one_and_none_as_its_language_says_it(
    tmp_path: Path, data: Path
) -> None:
    table = tmp_path / "stands.csv"
    table.write_text("stand;name\nA;Bar\n", encoding="utf-8")
    assert run("import", "stands", table, "--data", data).output == "1 row, 1 new or changed.\n"
    again = run("import", "stands", table, "--data", data, language="fr").output
    assert again == "1 ligne, 0 nouvelle ou changée.\n"
    assert "0 entries of 0 journals are as" in run("verify", "--data", data).output
    take_in(data, TillJournal(facts=0))
    assert "1 entry of 1 journal is as it was signed." in run("verify", "--data", data).output
    french = run("verify", "--data", data, language="fr").output
    assert "1 écriture de 1 journal est telle qu’elle a été signée." in french
    said = run("status", "--data", data).output
    assert "0 tills, 0 open incidents, 1 entry in 1 journal, 0 products" in said
    said = run("status", "--data", data, language="fr").output
    assert "0 caisse, 0 incident ouvert, 1 écriture dans 1 journal, 0 produit" in said


def test_every_sentence_is_there_in_both_languages() -> None:
    holes = re.compile(r"{(\w+)")
    for key, (english, french) in cli_words.SENTENCES.items():
        assert english.count("|") == french.count("|") == ("{n}" in english), key
        assert english, key
        assert french, key
        assert set(holes.findall(english)) == set(holes.findall(french)), key


def test_the_command_is_there_without_its_script() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sync.hub.cli", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "init" in done.stdout) == (0, True)


def test_every_command_has_a_sentence_of_help() -> None:
    shown = run("--help").output
    for command in (
        "init",
        "serve",
        "enrol",
        "revoke",
        "status",
        "verify",
        "backup",
        "restore",
        "password",
    ):
        assert re.search(rf"{command}\s+[A-Z]", shown), command
