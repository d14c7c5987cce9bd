"""The command `echoppe-hub serve`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
import typer

from pos.clock import utc_now
from pos.disk import write_durably
from sync.hub.cli_common import (
    SERVING_NAME,
    UNAVAILABLE,
    WRONG,
    DatabaseOption,
    DataOption,
    Desk,
    KeyOption,
    LanguageOption,
)
from sync.hub.hub import Hub, Seen
from sync.hub.log import set_up_logging
from sync.hub.tls import (
    Tls,
    given_certificate,
    own_address,
    own_certificate,
    own_names,
    shown_certificate,
)

ANYWHERE = "0.0.0.0"  # noqa: S104 because tills are other machines
PORT = 8443


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsChoice:
    """How tills see the hub's connections."""

    certificate: Path | None
    key: Path | None
    is_off: bool

    def tls(self, desk: Desk, address: str) -> Tls | None:
        """Return what the hub itself shows; None: a proxy in front of it shows something."""
        if self.is_off:
            return None
        if self.certificate is None or self.key is None:
            if self.certificate or self.key:
                desk.fail(WRONG, "tls_pair")
            return own_certificate(desk.place.data, own_names(_host_of(address)), utc_now)
        return given_certificate(self.certificate, self.key)

    def seen(self, tls: Tls | None) -> tuple[bytes, bool]:
        """Return the fingerprint that tills see, and whether authorities may vouch for it."""
        if tls is not None:
            return tls.fingerprint, not tls.is_self_made
        if self.certificate is not None:  # the proxy's
            fingerprint, is_self_made = shown_certificate(self.certificate)
            return fingerprint, not is_self_made
        return b"", True


def serve(  # noqa: PLR0913, PLR0917 because each is an option of the command line
    data: DataOption,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = PORT,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = ANYWHERE,
    address: Annotated[str, typer.Option(help="How tills reach it: https://hub.example.org")] = "",
    tls_cert: Annotated[
        Path | None, typer.Option(help="Certificate (PEM) instead of one of its own.")
    ] = None,
    tls_key: Annotated[Path | None, typer.Option(help="The certificate's key (PEM).")] = None,
    no_tls: Annotated[
        bool,
        typer.Option("--no-tls", help="Behind a proxy that does it (--tls-cert: the proxy's)."),
    ] = False,
    proxy: Annotated[
        str, typer.Option(help="Addresses of proxies that are believed who asks, with --no-tls.")
    ] = "127.0.0.1",
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Serve tills, head office's pages and the API, until Ctrl+C."""
    desk = Desk(data, database, key_file, language)
    choice = TlsChoice(certificate=tls_cert, key=tls_key, is_off=no_tls)
    set_up_logging()
    with desk.hub() as hub:
        if address:
            hub.set_address(address.rstrip("/"))
        tls = choice.tls(desk, hub.organisation().address)
        _serve(
            desk,
            hub,
            _Door(host=host, port=port, proxies=proxy if no_tls else "", tls=tls, choice=choice),
        )
    desk.tell("serve.stopped")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Door:
    """Where tills and browsers come in."""

    host: str
    port: int
    proxies: str
    tls: Tls | None
    choice: TlsChoice


def _serve(desk: Desk, hub: Hub, door: _Door) -> None:
    from sync.hub.server import HubServer, Serving

    fingerprint, trusted = door.choice.seen(door.tls)

    def ready(port: int) -> None:
        host = own_address() if door.host in (ANYWHERE, "::") else door.host
        usual = f"{'https' if door.tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"
        hub.seen = Seen(address=usual, fingerprint=fingerprint, trusted=trusted)
        # For the commands beside it, which make codes with what tills see of this hub.
        write_durably(desk.place.data / SERVING_NAME, msgspec.json.encode(hub.seen))
        desk.tell("serve.ready", name=hub.organisation().name, address=hub.address)
        if door.tls is not None and door.tls.is_self_made:
            desk.tell("serve.fingerprint", fingerprint=fingerprint.hex(":"))
        sys.stdout.flush()

    serving = Serving(host=door.host, port=door.port, tls=door.tls, proxies=door.proxies)
    try:
        HubServer(hub, serving).run(ready)
    except OSError as error:
        values = {"port": door.port, "host": door.host, "reason": error.strerror}
        desk.fail(UNAVAILABLE, "port", **values)


def _host_of(address: str) -> str:
    """Return the host in https://host:port, or ""."""
    return urlsplit(address).hostname or ""
