"""Serving a hub: uvicorn, with an end to connections that stand still, and to those that wait."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import uvicorn

from sync.hub.app import make_app
from sync.hub.connections import WAITS, Waits, protocol_with
from sync.hub.hub import Hub
from sync.hub.jobs import Background
from sync.hub.log import log
from sync.hub.messages import PATIENCE, Patience
from sync.hub.tls import Tls

KEEP_ALIVE_S = 75
CONNECTIONS_MAX = 4_000
CONNECTIONS_WAITING_MAX = 2_048
FILES_WANTED = 16_384
SHUTDOWN_WAIT_S = 20

SWITCH_S = 0.0005
"""How long a thread keeps the interpreter from another: one that comes back from the disk waits so
long for each statement of its transaction, and at the usual 5 ms all others with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where a hub listens."""

    host: str
    port: int
    tls: Tls | None = None
    proxies: str = ""  # addresses of proxies that say who asks and by which scheme
    connections_max: int = CONNECTIONS_MAX
    waits: Waits = WAITS
    patience: Patience = PATIENCE


class HubServer:
    """Serves a hub, and does its work in the background, until somebody says stop."""

    def __init__(self, hub: Hub, serving: Serving) -> None:
        self._hub = hub
        self._serving = serving
        self._background = Background(hub.jobs)
        self._server = _Server(_config(hub, serving), hub)

    def run(self, ready: Callable[[int], None]) -> None:
        """Serve until Ctrl+C, SIGTERM or `stop`; what was begun is finished.  The hub stays open.

        Args:
            ready: called with the port once connections are taken.

        Raises:
            OSError: the port cannot be had.
        """
        _allow_many_connections()
        listening = _listening(self._serving)
        port = listening.getsockname()[1]
        self._hub.call_when_woken(self._background.wake)
        self._background.start()
        switch_s = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_S)
        try:
            self._server.run_when(lambda: ready(port), listening)
        finally:
            sys.setswitchinterval(switch_s)
            self._background.stop()
            self._hub.call_when_woken(lambda: None)

    def stop(self) -> None:
        """Say stop; from any thread."""
        self._server.should_exit = True


def _config(hub: Hub, serving: Serving) -> uvicorn.Config:
    return uvicorn.Config(
        make_app(hub, patience=serving.patience),
        http=protocol_with(serving.waits),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(serving.proxies),
        forwarded_allow_ips=serving.proxies or None,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=SHUTDOWN_WAIT_S,
        limit_concurrency=serving.connections_max,
        ssl_certfile=serving.tls.certificate if serving.tls else None,
        ssl_keyfile=serving.tls.key if serving.tls else None,
    )


def _listening(serving: Serving) -> socket.socket:
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    listening = socket.create_server(
        (serving.host, serving.port), family=family, backlog=CONNECTIONS_WAITING_MAX
    )
    listening.setblocking(False)
    return listening


def _allow_many_connections() -> None:
    """Ask the system for as many open files as it lets us have: each connection is one."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, FILES_WANTED) if hard != resource.RLIM_INFINITY else FILES_WANTED
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class _Server(uvicorn.Server):
    """Lets those who wait for news go before it waits for them; a stop is no failure."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub
        self._ready: Callable[[], None] = lambda: None

    def run_when(self, ready: Callable[[], None], listening: socket.socket) -> None:
        """Serve on a socket, and say when it is so."""
        self._ready = ready
        self.run(sockets=[listening])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        log("stopping")
        self._hub.news.end()
        await super().shutdown(sockets=sockets)
        log("stopped")

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        with super().capture_signals():
            yield
            self._captured_signals.clear()  # or they would be raised again
