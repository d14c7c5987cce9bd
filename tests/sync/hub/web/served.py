"""Head office's pages on a real server, on loopback, for a real browser."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from sync.hub.app import make_app
from sync.hub.hub import Hub


@contextmanager
def served(hub: Hub) -> Iterator[str]:
    """Serve a hub's pages and give their address."""
    began = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            began.set()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server(
            uvicorn.Config(
                make_app(hub), log_config=None, lifespan="off", ws="none", access_log=False
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert began.wait(60), "the server did not start"
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(60)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a real browser without a window: Debian's."""
    path = shutil.which("chromium")
    assert path is not None, "apt-get install chromium; scripts/system-packages has the list"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield browser
        finally:
            browser.close()
