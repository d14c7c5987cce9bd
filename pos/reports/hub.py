"""What a till knows of its hub: how far it was heard, others' stock, what is on this till only."""

from __future__ import annotations

import json

import msgspec

from pos.domain.feed_place import PlaceInFeed
from pos.ids import VariantId
from pos.reports.question import Question
from pos.reports.reader import Reader

LOCAL_VARIANTS_PAGE_MAX = 250
"""How many variants are looked at for one answer: a sale may be waiting behind it."""


class FeedPlace(Question[PlaceInFeed], frozen=True, kw_only=True):
    """How far has this till heard its hub?

    Where it is in a snapshot, it has to take the rest of that one, or another one from the start.
    """


class StockThere(msgspec.Struct, frozen=True, kw_only=True):
    """What another stand has of a variant, as far as the hub has told."""

    variant_id: VariantId
    stand: str
    stand_name: str  # "" if the hub did not say
    pieces: int  # more than none
    at: str  # UTC of the last movement that is in it, by the clock of its till
    seen_at: str  # UTC since when a till of that stand may have sold unheard; "" if not known


class StockElsewhere(Question[tuple[StockThere, ...]], frozen=True, kw_only=True):
    """Which other stands have some of these variants? The one with most first, for each."""

    variant_ids: tuple[VariantId, ...]


class OtherTill(msgspec.Struct, frozen=True, kw_only=True):
    """Another till of the organisation."""

    till_id: str
    till: str
    stand: str
    stand_name: str
    is_active: bool
    seen_at: str  # UTC by the hub's clock; "" if it has not been heard since this till knows it


class OtherTills(Question[tuple[OtherTill, ...]], frozen=True, kw_only=True):
    """Which other tills are there, and how old is what the hub knows of them?"""


class OnlyOnThisTill(msgspec.Struct, frozen=True, kw_only=True):
    """What would be lost with this machine."""

    entries: int
    sales: int
    amount_minor: int  # of the sales' totals


class OnlyHere(Question[OnlyOnThisTill], frozen=True, kw_only=True):
    """What follows the last entry that somebody else has?"""

    after_seq: int  # what the hub has acknowledged; 0 for nothing


class LocalVariant(msgspec.Struct, frozen=True, kw_only=True):
    """A variant that is this till's own, by which a hub finds the one it is there."""

    variant_id: VariantId
    label: str
    barcodes: tuple[str, ...]  # of the catalogue; those that the till gave itself mean nothing


class LocalVariantsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the variants that are this till's own."""

    variants: tuple[LocalVariant, ...]  # there may be none on a page
    after: int | None  # to ask for the next page; None for none


class LocalVariants(Question[LocalVariantsPage], frozen=True, kw_only=True):
    """Which variants did not come from a hub, and have moved or can be sold by a barcode?

    Once a hub's catalogue is here, those that have moved are left, and their barcodes are those
    that the hub gives to none of its own.
    """

    after: int = 0
    limit: int = LOCAL_VARIANTS_PAGE_MAX  # of variants that are looked at


def feed_place(_question: FeedPlace, reader: Reader, _stand: str) -> PlaceInFeed:
    """Return the place; nowhere for a till that has never heard a hub."""
    rows = reader.rows("SELECT feed_id, position, is_in_snapshot FROM feed_place")
    for feed_id, position, is_in_snapshot in rows:
        return PlaceInFeed(feed_id=feed_id, position=position, is_in_snapshot=bool(is_in_snapshot))
    return PlaceInFeed()


def stock_elsewhere(question: StockElsewhere, reader: Reader, stand: str) -> tuple[StockThere, ...]:
    """Return what is left at other stands that are in use."""
    rows = reader.rows(
        "SELECT wanted.value, level.stand, coalesce(name, ''), pieces, at"
        " FROM json_each(?1) AS wanted"
        " CROSS JOIN other_level AS level ON level.variant_id = wanted.value"
        " LEFT JOIN stand_name ON stand_name.stand = level.stand"
        " WHERE level.stand <> ?2 AND pieces > 0 AND coalesce(is_active, 1) = 1"
        " ORDER BY wanted.key, pieces DESC, level.stand",
        json.dumps(question.variant_ids),
        stand,
    )
    if not rows:
        return ()
    heard = dict(
        reader.rows("SELECT stand, min(seen_at) FROM till_name WHERE is_active = 1 GROUP BY stand")
    )
    return tuple(
        StockThere(
            variant_id=VariantId(variant_id),
            stand=there,
            stand_name=name,
            pieces=pieces,
            at=at,
            seen_at=heard.get(there, ""),
        )
        for variant_id, there, name, pieces, at in rows
    )


def other_tills(_question: OtherTills, reader: Reader, _stand: str) -> tuple[OtherTill, ...]:
    """Return the tills that the hub named, stand by stand, but for this one."""
    rows = reader.rows(
        "SELECT till_id, till, till_name.stand, coalesce(name, ''), till_name.is_active, seen_at"
        " FROM till_name LEFT JOIN stand_name ON stand_name.stand = till_name.stand"
        " WHERE till_id NOT IN (SELECT till_id FROM enrolled) ORDER BY till_name.stand, till"
    )
    return tuple(
        OtherTill(
            till_id=till_id,
            till=till,
            stand=stand,
            stand_name=name,
            is_active=bool(is_active),
            seen_at=seen_at,
        )
        for till_id, till, stand, name, is_active, seen_at in rows
    )


def only_here(question: OnlyHere, reader: Reader, _stand: str) -> OnlyOnThisTill:
    """Count what is behind a place in the journal."""
    ((end, sales, amount_minor),) = reader.rows(
        "SELECT (SELECT coalesce(max(seq), 0) FROM journal), count(*),"
        " coalesce(sum(total_minor), 0) FROM sale WHERE seq > ?",
        question.after_seq,
    )
    return OnlyOnThisTill(
        entries=max(end - question.after_seq, 0), sales=sales, amount_minor=amount_minor
    )


def local_variants(question: LocalVariants, reader: Reader, stand: str) -> LocalVariantsPage:
    """Return what is this till's own among the next variants of all."""
    limit = min(question.limit, LOCAL_VARIANTS_PAGE_MAX)
    ((end,),) = reader.rows(
        "SELECT max(number) FROM"
        " (SELECT number FROM variant WHERE number > ? ORDER BY number LIMIT ?)",
        question.after,
        limit,
    )
    if end is None:
        return LocalVariantsPage(variants=(), after=None)
    rows = reader.rows(
        "SELECT variant_id, name, options,"
        " (SELECT json_group_array(code) FROM (SELECT code FROM barcode"
        "  WHERE barcode.variant_id = variant.variant_id AND is_own = 0 ORDER BY position))"
        " FROM variant CROSS JOIN product USING (product_id)"
        " WHERE variant.number > ?1 AND variant.number <= ?2 AND NOT (listed = 1 AND EXISTS ("
        "  SELECT 1 FROM from_feed WHERE kind = 'product' AND key = product_id))"
        " AND (EXISTS (SELECT 1 FROM stock_level"
        "  WHERE stand = ?3 AND stock_level.variant_id = variant.variant_id)"
        " OR (listed = 1 AND on_sale = 1 AND EXISTS (SELECT 1 FROM barcode"
        "  WHERE barcode.variant_id = variant.variant_id AND is_own = 0)))"
        " ORDER BY variant.number",
        question.after,
        end,
        stand,
    )
    variants = tuple(
        LocalVariant(
            variant_id=VariantId(variant_id),
            label=" · ".join((name, *json.loads(options))),
            barcodes=tuple(json.loads(codes)),
        )
        for variant_id, name, options, codes in rows
    )
    return LocalVariantsPage(variants=variants, after=end)
