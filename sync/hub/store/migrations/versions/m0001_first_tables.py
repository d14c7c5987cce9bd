"""The hub's first tables: a copy of `tables.py` as it was then."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

revision = "m0001"
down_revision = None

metadata = MetaData()

_Big = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts only INTEGER PRIMARY KEY


def _text(name: str, default: str | None = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


# Who this is ---------------------------------------------------------------------------------

organisation = Table(
    "organisation",
    metadata,
    Column("only", Integer, CheckConstraint('"only" = 1'), primary_key=True),
    _text("organisation_id"),
    _text("name"),
    _text("mode"),  # live or training: journals of the other kind are kept and not counted
    _text("country"),
    _text("currency"),
    _text("seller"),  # JSON of pos.domain.facts.Seller
    _text("time_zone"),
    _text("day_starts_at"),
    Column("public_key", LargeBinary, nullable=False),
    _text("address"),  # under which tills reach this hub; "" until somebody says
    _text("begun_at"),
)

stand = Table(
    "stand",
    metadata,
    Column("stand", Text, primary_key=True),  # GS
    _text("name"),
    Column("is_active", Boolean, nullable=False, server_default="1"),
)

till = Table(
    "till",
    metadata,
    Column("till_id", Text, primary_key=True),
    Column("stand", Text, ForeignKey("stand.stand"), nullable=False),
    _text("till"),  # short code, one of its stand: 1
    Column("public_key", LargeBinary, nullable=False, unique=True),
    Column("certificate", LargeBinary, nullable=False),
    Column("serial", _Big, nullable=False, unique=True),
    _text("machine_name"),
    _text("software_version"),
    _text("enrolled_at"),
    Column("revoked_at", Text),
    Column("seen_at", Text),  # by the hub's clock
    Column("clock_off_s", Integer, nullable=False, server_default="0"),
    Column("feed_position", _Big, nullable=False, server_default="0"),  # as far as it asked for
    Column("amount_at_risk_minor", _Big, nullable=False, server_default="0"),  # as it says itself
    Column("waiting", _Big, nullable=False, server_default="0"),
    UniqueConstraint("stand", "till"),
)

invitation = Table(
    "invitation",
    metadata,
    Column("code_name", Text, primary_key=True),  # the first four signs
    Column("secret", LargeBinary, nullable=False),  # scrypt of the other eight, never themselves
    Column("stand", Text, ForeignKey("stand.stand"), nullable=False),
    _text("expires_at"),
    Column("used_by", Text),  # till_id
    Column("wrong_proofs", Integer, nullable=False, server_default="0"),
)

# What tills wrote ----------------------------------------------------------------------------

journal = Table(
    "journal",
    metadata,
    Column("number", _Big, primary_key=True, autoincrement=True),  # short, for the rows below
    Column("journal_id", Text, nullable=False, unique=True),
    Column("end_seq", _Big, nullable=False, server_default="0"),
    Column("end_digest", LargeBinary),
    Column("till_id", Text),  # who says that it is theirs; NULL: nobody yet
    Column("public_key", LargeBinary),  # the journal's, as its owner proved; NULL: nobody did
    _text("mode"),
    Column("previous_id", Text),  # the journal that its opening names, and up to where
    Column("previous_seq", _Big, nullable=False, server_default="0"),
    Column("has_carried", Boolean, nullable=False, server_default="0"),  # it took stock along
    _text("came_at"),  # of the last entries
    Column("interpreted_seq", _Big, nullable=False, server_default="0"),
    Index("journal_behind", "number"),
    Index("journal_of_till", "till_id"),
)

entry = Table(
    "entry",
    metadata,
    Column("journal", _Big, nullable=False, primary_key=True, autoincrement=False),
    Column("seq", _Big, nullable=False, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    _text("kind"),
    _text("problem"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("number", _Big, primary_key=True, autoincrement=True),
    Column("journal", _Big, nullable=False),
    Column("seq", _Big, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    _text("kind"),
    _text("problem"),
    _text("reason"),
    _text("came_at"),
    UniqueConstraint("journal", "digest"),
)

# What it means -------------------------------------------------------------------------------

sale = Table(
    "sale",
    metadata,
    Column("journal", _Big, nullable=False, primary_key=True, autoincrement=False),
    Column("seq", _Big, nullable=False, primary_key=True, autoincrement=False),
    Column("sale_id", Text, nullable=False),
    _text("till_id"),
    _text("stand"),
    _text("receipt_number"),
    _text("business_date"),
    _text("local_time"),
    Column("total_minor", _Big, nullable=False),
    Column("pieces", Integer, nullable=False),
    Index("sale_by_date", "business_date", "stand"),
    Index("sale_by_id", "sale_id"),
)

sale_line = Table(
    "sale_line",
    metadata,
    Column("journal", _Big, nullable=False, primary_key=True, autoincrement=False),
    Column("seq", _Big, nullable=False, primary_key=True, autoincrement=False),
    Column("line", Integer, nullable=False, primary_key=True, autoincrement=False),
    _text("variant_id"),
    _text("label"),
    Column("quantity", Integer, nullable=False),
    Column("gross_minor", _Big, nullable=False),
    Column("tax_minor", _Big, nullable=False),
    Column("rate_bp", Integer, nullable=False),
)

moved = Table(
    "moved",
    metadata,
    Column("till_id", Text, primary_key=True),  # the organisation's id: what head office brought
    Column("stand", Text, primary_key=True),
    Column("variant_id", Text, primary_key=True),
    Column("pieces", _Big, nullable=False),
    _text("at"),
    Index("moved_by_stand", "stand", "variant_id"),
)

journal_moved = Table(
    "journal_moved",
    metadata,
    Column("journal", _Big, primary_key=True, autoincrement=False),
    Column("stand", Text, primary_key=True),
    Column("variant_id", Text, primary_key=True),  # as the till calls it: `moved` is by alias
    Column("pieces", _Big, nullable=False),
    Column("carried", _Big, nullable=False),  # from the journal before; counted if that is not
    _text("at"),
    Index("journal_moved_by_variant", "variant_id"),
)

alias = Table(
    "alias",
    metadata,
    Column("other_id", Text, primary_key=True),  # a variant of a till that had its own catalogue
    Column("variant_id", Text),  # NULL: a person has to say which it is
    _text("label"),
    _text("barcodes"),  # JSON
    _text("how"),  # barcode, person, ""
)

incident = Table(
    "incident",
    metadata,
    Column("number", _Big, primary_key=True, autoincrement=True),
    _text("kind"),  # see `sync.hub.store.incidents.KINDS`
    _text("subject"),  # what it is about; open incidents of one kind and subject are one
    _text("stand"),
    _text("till_id"),
    _text("detail"),  # JSON
    _text("came_at"),
    Column("times", Integer, nullable=False, server_default="1"),
    Column("closed_at", Text),
    _text("closed_by"),
    Index("incident_open", "closed_at", "kind", "subject"),
)

# What tills are told -------------------------------------------------------------------------

product = Table(
    "product",
    metadata,
    Column("product_id", Text, primary_key=True),
    _text("handle"),
    _text("name"),
    _text("artist"),
    _text("category"),
    Column("body", LargeBinary, nullable=False),  # JSON of pos.domain.catalogue.Product
    Column("is_on_sale", Boolean, nullable=False, server_default="1"),
    _text("changed_at"),
    Index("product_by_name", "name"),
)

variant = Table(
    "variant",
    metadata,
    Column("variant_id", Text, primary_key=True),
    Column("product_id", Text, nullable=False),
    _text("sku"),
    Column("price_minor", _Big, nullable=False),
    Index("variant_of_product", "product_id"),
    Index("variant_by_sku", "sku"),
)

barcode = Table(
    "barcode",
    metadata,
    Column("code", Text, primary_key=True),
    Column("variant_id", Text, nullable=False),
    Index("barcode_of_variant", "variant_id"),
)

picture = Table(
    "picture",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    _text("media_type"),
)

staff = Table(
    "staff",
    metadata,
    Column("code", Text, primary_key=True),
    _text("name"),
    _text("role"),
    _text("pin_hash"),
    Column("is_active", Boolean, nullable=False, server_default="1"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("number", _Big, primary_key=True, autoincrement=True),
    _text("kind"),
    _text("key"),
    Column("item", LargeBinary, nullable=False),  # JSON of a pos.domain.feed.FeedItem
)

feed_now = Table(
    "feed_now",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("position", _Big, nullable=False),
    Column("item", LargeBinary, nullable=False),
    Index("feed_now_by_position", "position"),
)

feed_head = Table(
    "feed_head",
    metadata,
    Column("only", Integer, CheckConstraint('"only" = 1'), primary_key=True),
    _text("feed_id"),
    Column("position", _Big, nullable=False, server_default="0"),
    Column(
        "kept_from", _Big, nullable=False, server_default="1"
    ),  # what was gone before is forgotten
)

snapshot = Table(
    "snapshot",
    metadata,
    Column("position", _Big, primary_key=True, autoincrement=False),
    _text("feed_id"),
    _text("parts"),  # JSON array of digests
    _text("made_at"),
)

snapshot_part = Table(
    "snapshot_part",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

# People of head office -----------------------------------------------------------------------

account = Table(
    "account",
    metadata,
    Column("name", Text, primary_key=True),
    _text("role"),  # owner, head_office
    _text("password_hash"),  # argon2id
    Column("is_active", Boolean, nullable=False, server_default="1"),
    Column("wrong_passwords", Integer, nullable=False, server_default="0"),
    Column("locked_until", Text),
)

session = Table(
    "session",
    metadata,
    Column("token_digest", LargeBinary, primary_key=True),
    Column("account", Text, ForeignKey("account.name"), nullable=False),
    _text("csrf"),
    _text("expires_at"),
)

known_browser = Table(
    "known_browser",
    metadata,
    Column(
        "token_digest", LargeBinary, primary_key=True
    ),  # of a cookie: who logged in there before
    Column("account", Text, ForeignKey("account.name"), primary_key=True),
    Column("wrong_passwords", Integer, nullable=False, server_default="0"),
    _text("expires_at"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("token_digest", LargeBinary, primary_key=True),
    _text("name"),
    _text("scopes"),  # words apart by a space: sales:read stock:read products:write
    _text("made_at"),
    Column("revoked_at", Text),
    Column("used_at", Text),
)


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)
