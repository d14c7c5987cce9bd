"""The till database's schema, step by step. A released step is never edited."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from pos.domain.search import without_hyphens
from pos.errors import DatabaseTooNew
from pos.store.backup import keep_copy
from pos.store.database import sorted_errors, transaction

till = Migrations("till")


@till()
def m0001_journal(db: Database) -> None:
    """Create the journal. `body` is bytes: generated columns read it as text, not as JSONB."""
    db.executescript(
        """
        CREATE TABLE journal (
            seq         INTEGER PRIMARY KEY CHECK (seq > 0),
            body        BLOB NOT NULL CHECK (typeof(body) = 'blob'),
            digest      BLOB NOT NULL CHECK (length(digest) = 32),
            signature   BLOB NOT NULL CHECK (length(signature) = 64),
            kind        TEXT GENERATED ALWAYS AS
                        (json_extract(CAST(body AS TEXT), '$.kind')) VIRTUAL,
            occurred_at TEXT GENERATED ALWAYS AS
                        (json_extract(CAST(body AS TEXT), '$.occurred_at')) VIRTUAL
        ) STRICT;
        """
    )


@till()
def m0002_derived(db: Database) -> None:
    """Create what can be dropped and rebuilt from the journal."""
    db.executescript(
        """
        CREATE TABLE shift (
            shift_id      TEXT PRIMARY KEY,
            seq           INTEGER NOT NULL UNIQUE,
            business_date TEXT NOT NULL
        ) STRICT;
        CREATE TABLE sale (
            sale_id                  TEXT PRIMARY KEY,
            seq                      INTEGER NOT NULL UNIQUE,
            number                   INTEGER NOT NULL UNIQUE,
            receipt_number           TEXT NOT NULL UNIQUE,
            shift_id                 TEXT NOT NULL,
            business_date            TEXT NOT NULL,
            local_time               TEXT NOT NULL,
            operator                 TEXT NOT NULL,
            total_minor              INTEGER NOT NULL,
            rounding_minor           INTEGER NOT NULL,
            change_minor             INTEGER NOT NULL,
            perpetual_net_minor      INTEGER NOT NULL,
            perpetual_absolute_minor INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE sale_line (
            seq            INTEGER NOT NULL,
            line           INTEGER NOT NULL,
            variant_id     TEXT NOT NULL,
            product_id     TEXT NOT NULL,
            label          TEXT NOT NULL,
            artist         TEXT NOT NULL,
            category       TEXT NOT NULL,
            quantity       INTEGER NOT NULL,
            discount_minor INTEGER NOT NULL,
            gross_minor    INTEGER NOT NULL,
            net_minor      INTEGER NOT NULL,
            tax_minor      INTEGER NOT NULL,
            rate_bp        INTEGER NOT NULL,
            oversold       INTEGER NOT NULL,
            PRIMARY KEY (seq, line)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sale_by_date ON sale (business_date);
        CREATE TABLE sale_tender (
            seq          INTEGER NOT NULL,
            line         INTEGER NOT NULL,
            kind         TEXT NOT NULL CHECK (kind IN ('tender', 'change', 'correction')),
            sale_id      TEXT NOT NULL,
            method       TEXT NOT NULL,
            amount_minor INTEGER NOT NULL,
            PRIMARY KEY (seq, line)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sale_tender_by_sale ON sale_tender (sale_id);
        CREATE TABLE sale_vat (
            seq         INTEGER NOT NULL,
            rate_bp     INTEGER NOT NULL,
            gross_minor INTEGER NOT NULL,
            net_minor   INTEGER NOT NULL,
            tax_minor   INTEGER NOT NULL,
            PRIMARY KEY (seq, rate_bp)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE stock_movement (
            seq        INTEGER NOT NULL,
            line       INTEGER NOT NULL,
            stand      TEXT NOT NULL,
            variant_id TEXT NOT NULL,
            quantity   INTEGER NOT NULL,
            reason     TEXT NOT NULL,
            PRIMARY KEY (seq, line)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE stock_level (
            stand      TEXT NOT NULL,
            variant_id TEXT NOT NULL,
            on_hand    INTEGER NOT NULL,
            PRIMARY KEY (stand, variant_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE software (
            seq              INTEGER PRIMARY KEY,
            software_version TEXT NOT NULL,
            fiscal_version   TEXT NOT NULL
        ) STRICT;
        CREATE TABLE receipt_issue (
            seq     INTEGER PRIMARY KEY,
            sale_id TEXT NOT NULL,
            copy    INTEGER NOT NULL,
            channel TEXT NOT NULL,
            UNIQUE (sale_id, copy)
        ) STRICT;
        """
    )


@till()
def m0003_catalogue(db: Database) -> None:
    """Create what comes down by the feed, with its indexes."""
    db.executescript(
        """
        CREATE TABLE product (
            number       INTEGER PRIMARY KEY,
            product_id   TEXT NOT NULL UNIQUE,
            handle       TEXT NOT NULL,
            name         TEXT NOT NULL,
            artist       TEXT NOT NULL,
            category     TEXT NOT NULL,
            description  TEXT NOT NULL,
            tax_class    TEXT NOT NULL,
            option_names TEXT NOT NULL CHECK (json_valid(option_names)),
            picture      TEXT NOT NULL,
            on_sale      INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX product_by_category ON product (category, number);
        CREATE TABLE variant (
            number      INTEGER PRIMARY KEY,
            variant_id  TEXT NOT NULL UNIQUE,
            product_id  TEXT NOT NULL REFERENCES product (product_id),
            position    INTEGER NOT NULL,
            options     TEXT NOT NULL CHECK (json_valid(options)),
            price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
            currency    TEXT NOT NULL,
            sku         TEXT NOT NULL,
            listed      INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX variant_by_product ON variant (product_id, position);
        CREATE INDEX variant_by_sku ON variant (sku COLLATE NOCASE) WHERE sku <> '';
        CREATE TABLE barcode (
            code       TEXT PRIMARY KEY,
            variant_id TEXT NOT NULL REFERENCES variant (variant_id),
            position   INTEGER NOT NULL,
            is_own     INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX barcode_by_variant ON barcode (variant_id, position);
        CREATE VIRTUAL TABLE product_search USING fts5 (
            words, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3', detail = 'none'
        );
        """
    )


@till()
def m0004_work(db: Database) -> None:
    """Create what is in progress, and who works here."""
    db.executescript(
        """
        CREATE TABLE saved_basket (
            slot      TEXT PRIMARY KEY,
            basket_id TEXT NOT NULL,
            body      BLOB NOT NULL
        ) STRICT;
        CREATE TABLE staff (
            code     TEXT PRIMARY KEY,
            name     TEXT NOT NULL,
            role     TEXT NOT NULL,
            pin_hash TEXT NOT NULL
        ) STRICT;
        """
    )


@till()
def m0005_words_without_hyphens(db: Database) -> None:
    """Let `tshirt` find what is called T-shirt, in the catalogue that is there already."""
    rows = db.execute("SELECT rowid, words FROM product_search").fetchall()
    for number, words in rows:
        if joined := without_hyphens(words):
            db.execute(
                "UPDATE product_search SET words = ? WHERE rowid = ?",
                [f"{words} {joined}", number],
            )


@till()
def m0006_hub(db: Database) -> None:
    """Create what a hub tells, and which till of it this is.

    `enrolled` follows from the journal; the others do not, and come anew from the hub.
    """
    db.executescript(
        """
        CREATE TABLE enrolled (
            seq               INTEGER PRIMARY KEY,
            organisation_id   TEXT NOT NULL,
            organisation_name TEXT NOT NULL,
            till_id           TEXT NOT NULL,
            serial            INTEGER NOT NULL,
            device_public_key TEXT NOT NULL
        ) STRICT;
        CREATE TABLE feed_place (
            only           INTEGER PRIMARY KEY CHECK (only = 1),
            feed_id        TEXT NOT NULL,
            position       INTEGER NOT NULL,
            is_in_snapshot INTEGER NOT NULL,
            generation     INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE from_feed (
            kind       TEXT NOT NULL,
            key        TEXT NOT NULL,
            generation INTEGER NOT NULL,
            PRIMARY KEY (kind, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE other_stock (
            variant_id TEXT NOT NULL,
            stand      TEXT NOT NULL,
            till_id    TEXT NOT NULL,
            pieces     INTEGER NOT NULL,
            at         TEXT NOT NULL,
            generation INTEGER NOT NULL,
            PRIMARY KEY (variant_id, stand, till_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE other_level (
            variant_id TEXT NOT NULL,
            stand      TEXT NOT NULL,
            pieces     INTEGER NOT NULL,
            at         TEXT NOT NULL,
            PRIMARY KEY (variant_id, stand)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE stand_name (
            stand     TEXT PRIMARY KEY,
            name      TEXT NOT NULL,
            is_active INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE till_name (
            till_id   TEXT PRIMARY KEY,
            till      TEXT NOT NULL,
            stand     TEXT NOT NULL,
            is_active INTEGER NOT NULL,
            seen_at   TEXT NOT NULL
        ) STRICT;
        """
    )


# Asserted again at every start: `table.transform` and some tools drop triggers silently.
_GUARDS = """
CREATE TRIGGER IF NOT EXISTS journal_keeps_every_entry BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER IF NOT EXISTS journal_keeps_entries_as_written BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER IF NOT EXISTS journal_has_no_gaps BEFORE INSERT ON journal
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'the journal only grows at its end'); END;
"""


def refuse_newer(db: Database, path: Path) -> None:
    """Refuse a database that a newer version has worked on; nothing is written.

    Raises:
        DatabaseTooNew: it has steps this version does not know. `Migrations.apply`
            alone would accept it silently.
    """
    known = {step.name for step in till.pending(Database(memory=True, execute_plugins=False))}
    with sorted_errors(path):
        unknown = tuple(step.name for step in till.applied(db) if step.name not in known)
    if unknown:
        raise DatabaseTooNew(path=path, unknown_steps=unknown)


def foreign_object(db: Database) -> str:
    """Return the name of something in the schema that no step made or left so; "" if all is ours.

    A trigger of somebody else's could swallow what is written.  Guards that are missing do not
    count: each start makes them again.
    """
    ours = Database(memory=True, execute_plugins=False)
    with closing(ours):
        if till.applied(db):
            till.apply(ours, stop_before=pending[0].name if (pending := till.pending(db)) else None)
        for statement in _guards():
            ours.execute(statement)
        expected, found = _schema(ours), _schema(db)
        guards = {key for key in expected if key[0] == "trigger"}
    return next(
        (
            name
            for kind, name in sorted(expected.keys() | found.keys())
            if expected.get((kind, name)) != found.get((kind, name))
            and ((kind, name) not in guards or (kind, name) in found)
        ),
        "",
    )


def _schema(db: Database) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what each thing in the schema belongs to, and its text where that is ours."""
    return {
        (kind, name): (table, "" if _is_of_a_library(name) else str(sql))
        for kind, name, table, sql in db.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master"
        )
        if not name.startswith(("sqlite_stat", "sqlite_sequence"))
    }


def _is_of_a_library(name: str) -> bool:
    return name.startswith(("_sqlite_migrations", "product_search_"))


def _guards() -> list[str]:
    return [f"{text}END;" for text in _GUARDS.split("END;\n") if text.strip()]


def is_behind(db: Database) -> bool:
    """Say whether there are steps that this database has not seen."""
    return bool(till.pending(db))


def bring_up_to_date(copy: Database) -> None:
    """Take all steps in a database that is nobody's original, such as one in memory."""
    with transaction(copy):
        till.apply(copy)


def migrate(db: Database, path: Path) -> None:
    """Bring the database up to this version's schema, after a copy of one that is older.

    Raises:
        DatabaseTooNew: a newer version has worked on it.
        StorageUnavailable: the disk says no; the database is as it was.
    """
    refuse_newer(db, path)
    with transaction(db):
        if pending := till.pending(db):
            if till.applied(db):
                keep_copy(path, before=pending[0].name)
            till.apply(db)
        for statement in _guards():
            db.execute(statement)
