"""The commands of `echoppe-hub` beside serving: tills, files, checks, backups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
import typer

from pos.clock import from_utc_text, utc_now
from sync.hub import backup as backups
from sync.hub import cli_imports, enrolment
from sync.hub.cli_common import (
    REFUSED,
    SERVING_NAME,
    WRONG,
    DatabaseOption,
    DataOption,
    Desk,
    KeyOption,
    LanguageOption,
)
from sync.hub.hub import Hub, Seen
from sync.hub.passwords import account_name
from sync.hub.people import give_password
from sync.hub.store import catalogue, examining, incidents, people, tills
from sync.hub.store.overview import tills_now
from sync.hub.tls import own_certificate, own_names
from sync.hub.verification import PROBLEMS_SHOWN_MAX, Examined, examine


def add_to(app: typer.Typer) -> None:
    """Offer the commands."""
    for command in (enrol, revoke, status, verify, backup, restore, password, token):
        app.command()(command)
    app.add_typer(cli_imports.app)


def enrol(  # noqa: PLR0913, PLR0917 because each is an option of the command line
    data: DataOption,
    stand: Annotated[str, typer.Option(help="Where the new till works: the stand's code or name.")],
    address: Annotated[
        str, typer.Option(help="How the till reaches the hub, if not as usual.")
    ] = "",
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Show the QR code by which one new till joins, and the same to be typed."""
    desk = Desk(data, database, key_file, language)
    with desk.hub() as hub:
        code = _stand_of(desk, hub, stand)
        hub.seen = _seen(desk, address)
        gate = hub.gate
        if address:
            gate = msgspec.structs.replace(gate, address=address.rstrip("/"))
        if not gate.address:
            desk.fail(WRONG, "enrol.no_address")
        invitation = enrolment.invite(gate, code)
    desk.tell("enrol.scan", stand=invitation.stand.name)
    typer.echo(qr_blocks(invitation.text))
    desk.tell("enrol.address", address=invitation.address)
    desk.tell("enrol.code", code=invitation.code)
    until = from_utc_text(invitation.expires_at)
    desk.tell("enrol.until", time=f"{until:%H:%M}")


def _seen(desk: Desk, address: str) -> Seen:
    """Return what tills see of the hub that serves this folder, or will."""
    try:
        content = (desk.place.data / SERVING_NAME).read_bytes()
        return msgspec.json.decode(content, type=Seen)
    except (OSError, msgspec.DecodeError):
        names = own_names(urlsplit(address).hostname or "")
        return Seen(fingerprint=own_certificate(desk.place.data, names, utc_now).fingerprint)


def _stand_of(desk: Desk, hub: Hub, named: str) -> str:
    with hub.database.read() as connection:
        found = [one for one in tills.stands_named(connection, named) if one.is_active]
        known = [one.stand for one in catalogue.all_stands(connection) if one.is_active]
    if not known:
        desk.fail(WRONG, "enrol.no_stands")
    if not found:
        desk.fail(WRONG, "enrol.no_stand", stand=named, known=", ".join(known))
    if len(found) > 1:
        several = ", ".join(one.stand for one in found)
        desk.fail(WRONG, "enrol.ambiguous", stand=named, known=several)
    return found[0].stand


def qr_blocks(text: str) -> str:
    """Return a QR code of half blocks: dark on light, whatever the terminal's colours."""
    from receipts.qr import QUIET_ZONE, matrix

    modules = matrix(text)
    side = len(modules) + 2 * QUIET_ZONE
    padded = [[False] * side for _ in range(side + side % 2)]
    for y, row in enumerate(modules):
        padded[y + QUIET_ZONE][QUIET_ZONE : QUIET_ZONE + len(row)] = list(row)
    lines = [
        "".join(_BLOCKS[above, below] for above, below in zip(*padded[y : y + 2], strict=True))
        for y in range(0, len(padded), 2)
    ]
    return "\n".join(f"\x1b[38;5;16;48;5;231m{line}\x1b[0m" for line in lines)


_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def revoke(
    data: DataOption,
    till: Annotated[str, typer.Argument(help="Its stand and number, GS-1, or its identity.")],
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Let a lost till ask for nothing any more."""
    desk = Desk(data, database, key_file, language)
    with desk.hub() as hub:
        with hub.database.read() as connection:
            found = tills.tills_named(connection, till)
        if not found:
            desk.fail(WRONG, "revoke.unknown", till=till)
        is_new = enrolment.revoke(hub.gate, found[0].till_id)
    desk.tell("revoke.done" if is_new else "revoke.before", till=till)


def status(
    data: DataOption,
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Say how the hub and its tills stand."""
    desk = Desk(data, database, key_file, language)
    with desk.hub() as hub:
        organisation = hub.organisation()
        with hub.database.read() as connection:
            listed = tills_now(connection)
            journals, entries = examining.count_entries(connection)
            products, _ = catalogue.count(connection)
            trouble = incidents.count_open(connection)
    desk.tell(
        "status.head",
        name=organisation.name,
        mode=organisation.mode,
        tills=desk.counted("tills", len([one for one in listed if one.revoked_at is None])),
        incidents=desk.counted("incidents", trouble),
        entries=desk.counted("entries", entries),
        journals=desk.counted("journals", journals),
        products=desk.counted("products", products),
    )
    for one in listed:
        desk.tell(
            "status.till",
            label=one.label,
            state=desk.say("status.active" if one.revoked_at is None else "status.revoked"),
            seen=one.seen_at or desk.say("status.never"),
            waiting=one.waiting,
            version=one.software_version,
        )


def verify(
    data: DataOption,
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Check every entry once more: number, digest, chain, signature; digests in quarantine."""
    desk = Desk(data, database, key_file, language)
    journals = entries = bad = 0
    with desk.hub() as hub:
        for examined in examine(hub.database):
            journals += 1
            entries += examined.entries
            if examined.flaws:
                bad += 1
                _tell_flaws(desk, examined)
        with hub.database.read() as connection:
            aside = examining.count_aside(connection)
    if aside:
        desk.tell("verify.aside", n=aside)
    if bad:
        desk.fail(REFUSED, "verify.bad", bad=bad, journals=journals)
    desk.tell("verify.good", n=entries, journals=desk.counted("journals", journals))


def _tell_flaws(desk: Desk, examined: Examined) -> None:
    counted = desk.counted("entries", examined.entries)
    desk.tell("verify.journal", journal=examined.journal_id, entries=counted)
    for flaw in examined.flaws:
        desk.tell("verify.problem", seq=flaw.seq, flaw=desk.say(f"flaw.{flaw.reason}"))
    if len(examined.flaws) == PROBLEMS_SHOWN_MAX:
        desk.tell("verify.more")


def backup(
    file: Annotated[Path, typer.Argument(help="What to write: hub.zip")],
    data: DataOption,
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Write the hub and its keys into one file, while it goes on serving."""
    desk = Desk(data, database, key_file, language)
    with desk.hub() as hub:
        if not hub.database.is_sqlite:
            desk.fail(WRONG, "backup.postgresql", file=desk.place.key)
        try:
            backups.back_up(hub.database, desk.place, file)
        except FileExistsError:
            desk.fail(WRONG, "backup.exists", file=file)
    desk.tell("backup.done", file=file)


def restore(
    data: DataOption,
    file: Annotated[Path | None, typer.Argument(help="What `backup` wrote.")] = None,
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Put a backup back, and let the tills know: they send again what is missing."""
    desk = Desk(data, database, key_file, language)
    if (file is None) == (not database):
        desk.fail(WRONG, "restore.what")
    with desk.trouble():
        if file is not None:
            try:
                backups.unpack(file, desk.place)
            except backups.NotABackup:
                desk.fail(WRONG, "restore.wrong", file=file)
            except FileExistsError:
                desk.fail(WRONG, "restore.not_empty", data=desk.place.data)
    with desk.hub() as hub:
        backups.begin_again(hub.database)
        name = hub.organisation().name
    desk.tell("restore.done", name=name)


def password(
    name: Annotated[str, typer.Argument(help="Whose.")],
    data: DataOption,
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Give somebody of head office a new password: forgotten, or locked out."""
    desk = Desk(data, database, key_file, language)
    with desk.hub() as hub:
        with hub.database.read() as connection:
            known = [one.name for one in people.accounts(connection)]
        kept = account_name(name)
        if kept not in known:
            desk.fail(WRONG, "password.unknown", name=name, known=", ".join(known))
        give_password(hub.database, kept, desk.new_password(kept))
    desk.tell("password.done", name=kept)


def token(  # noqa: PLR0913, PLR0917 because each is an option of the command line
    name: Annotated[str, typer.Argument(help="Which system it is for.")],
    data: DataOption,
    scopes: Annotated[str, typer.Option(help=f"Apart by commas: {','.join(people.SCOPES)}")],
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Make a token for the API. It is shown once."""
    desk = Desk(data, database, key_file, language)
    wanted = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    if not wanted or not set(wanted) <= set(people.SCOPES):
        desk.fail(WRONG, "token.scopes", known=",".join(people.SCOPES))
    with desk.hub() as hub, hub.database.write() as connection:
        made = people.make_token(connection, name, wanted, utc_now())
    typer.echo(desk.say("token.done", name=name, scopes=", ".join(wanted)), err=True)
    typer.echo(made)
