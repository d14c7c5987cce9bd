"""Bytes on the wire for a sale: `python -m bench.hub_wire`.

A real till speaks with a real hub through a relay on this machine that counts the bytes of both
directions on TCP, TLS and headers included, on a connection that is open already.  Beside it what
the body alone takes, compressed as it travels.
"""

from __future__ import annotations

import argparse
import hashlib
import socket
import ssl
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bench.figures import Figure, number, table
from bench.hub_journals import Prepared, device_key, load, opening_of, prepare
from bench.hub_server import hub_place, serving, set_up
from pos.codec import digest_of
from sync.enrolment_protocol import JournalClaim
from sync.hub_client import HubAddress, HubClient, Who
from sync.packing import opened, packed
from sync.protocol import (
    BATCH_ENTRIES_FIRST,
    MESSAGE_BYTES_MAX,
    Accepted,
    Batch,
    Entry,
    decode_batch,
    encode_batch,
)

ALONE = 40
BATCH_TARGET, ALONE_TARGET = 300, 1_500


class Relay:
    """Hands bytes on between a till and its hub, and counts them."""

    def __init__(self, port: int) -> None:
        self.up = self.down = 0
        self._to = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                till, _ = self._server.accept()
            except OSError:  # closed
                return
            hub = socket.create_connection(("127.0.0.1", self._to))
            for way in ((till, hub, "up"), (hub, till, "down")):
                threading.Thread(target=self._hand_on, args=way, daemon=True).start()

    @property
    def bytes(self) -> int:
        """Return all that went by."""
        return self.up + self.down

    def _hand_on(self, one: socket.socket, other: socket.socket, way: str) -> None:
        try:
            while data := one.recv(65_536):
                setattr(self, way, getattr(self, way) + len(data))
                other.sendall(data)
        except OSError:  # the other end has gone
            pass
        finally:
            other.close()

    def close(self) -> None:
        """Take no more connections."""
        self._server.close()


def fingerprint_of(port: int) -> bytes:
    """Return what a till sees of a hub's certificate."""
    pem = ssl.get_server_certificate(("127.0.0.1", port))
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest()


@contextmanager
def line(number_: int) -> Iterator[tuple[HubClient, Relay]]:
    """Give a till's line to a hub, through a relay."""
    with hub_place() as place:
        set_up(place, journals=number_ + 1)
        with serving(place) as (server,):
            relay = Relay(server.port)
            address = HubAddress(
                url=f"https://127.0.0.1:{relay.port}", fingerprint=fingerprint_of(server.port)
            )
            who = Who(till_id=load(number_).till_id, sign=device_key(number_).sign, certificate=b"")
            client = HubClient(address, who)
            yield client, relay
            client.close()
            relay.close()


def batches_of(prepared: Prepared) -> list[Batch]:
    """Return a prepared journal in batches of 200, open."""
    entries: list[Entry] = []
    for one in prepared.batches:
        entries += decode_batch(opened(one, bytes_max=MESSAGE_BYTES_MAX)).entries
    found: list[Batch] = []
    follows = ""
    for first in range(0, len(entries), BATCH_ENTRIES_FIRST):
        some = tuple(entries[first : first + BATCH_ENTRIES_FIRST])
        found.append(Batch(first_seq=first + 1, follows=follows, entries=some))
        follows = digest_of(some[-1].body)
    return found


def alone(batch: Batch) -> list[Batch]:
    """Return the first entries of a batch one by one, as a till sends each sale of a quiet day."""
    found: list[Batch] = []
    follows = batch.follows
    for seq, entry in enumerate(batch.entries[:ALONE], start=batch.first_seq):
        found.append(Batch(first_seq=seq, follows=follows, entries=(entry,)))
        follows = digest_of(entry.body)
    return found


def figures() -> list[Figure]:
    """Measure: a day's batches, then single sales."""
    prepare(1)
    prepared = load(0)
    batches = batches_of(prepared)
    full, single, answers = [], [], []
    with line(0) as (client, relay):
        opening = opening_of(0)
        client.claim(
            prepared.journal_id, JournalClaim(public_key=opening.public_key, mode=opening.mode)
        )
        for batch in batches[:-1]:
            before = relay.bytes
            assert isinstance(client.send(prepared.journal_id, batch), Accepted)
            full.append((relay.bytes - before) / BATCH_ENTRIES_FIRST)
        ones = alone(batches[-1])
        for one in ones:
            before, down = relay.bytes, relay.down
            assert isinstance(client.send(prepared.journal_id, one), Accepted)
            single.append(float(relay.bytes - before))
            answers.append(float(relay.down - down))
    body = statistics.median(len(packed(encode_batch(one))) for one in ones)
    in_batch = statistics.median(
        len(packed(encode_batch(one))) / BATCH_ENTRIES_FIRST for one in batches[:-1]
    )
    open_ = statistics.median(len(one.entries[0].body) for one in ones)
    return [
        Figure(
            "a sale in a batch of 200, both directions, TLS and headers included",
            tuple(full),
            BATCH_TARGET,
            "bytes",
            beside=f"of the batch alone {number(in_batch)}; a sale before compression"
            f" {number(open_)}",
        ),
        Figure(
            "a sale alone, both directions, TLS and headers included",
            tuple(single),
            ALONE_TARGET,
            "bytes",
            beside=f"the body {number(body)}, all of the hub's answer"
            f" {number(statistics.median(answers))}",
        ),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.hub_wire")
    parser.add_argument("--quick", action="store_true", help="as ever: it takes seconds")
    parser.parse_args()
    print(table("On the wire", figures()))


if __name__ == "__main__":
    main()
