"""Compression on the wire (zstd), opened within bounds: a few bytes may claim to be terabytes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sync.protocol import NotOurMessage

if TYPE_CHECKING:
    import zstandard

LEVEL, LEVEL_SMALL = 3, 9
SMALL_MAX = 16 * 1024
"""Up to here a message gains from `TYPICAL`: a sale that goes up alone takes half of the bytes."""

TYPICAL = (
    b'{"answer":"page","feed_id":"","last":,"head":,"changes":[{"position":,"item":{"kind":"stock",'
    b'"till_id":"","stand":"","variant_id":"","pieces":-1,"at":"2026-"}}],"hub_time":"","seen":[]}'
    b'"kind":"JournalOpened","fact":{"mode":"live","identity":{"seller":{"name":"","legal_form":"",'
    b'"address":["",""],"country":"FR","registration":"","vat_number":"FR","vat_exemption":""},'
    b'"stand":"","stand_name":"","till":"1","time_zone":"Europe/Paris","day_starts_at":"05:00"},'
    b'"currency":"EUR","ordinal":1,"public_key":"","software_version":"0.1.0","fiscal_version":"1.0",'
    b'"previous":null},"follows":""}"kind":"StockReceived","fact":{"stand":"","reason":"opening",'
    b'"pieces":[["",1]]},"kind":"CatalogueChanged","fact":{"source":"hub","sha256":"","products":,'
    b'"variants":},"kind":"TenderCorrected","fact":{"correction_id":"","sale_id":"","from_method":"",'
    b'"to_method":"","reason":""},"kind":"ShiftOpened","fact":{"shift_id":"","business_date":"2026-",'
    b'"cash_float":null},"follows":"{"v":1,"journal_id":"01","seq":1,"occurred_at":"2026-'
    b'-01T00:00:00.000000Z","actor":"ZOE","kind":"ReceiptIssued","fact":{"sale_id":"01","receipt_number"'
    b':"-1-1-0000","copy":1,"channel":"print","local_time":"2026-T00:00:00+02:00"},"follows":"'
    b'\x83\xa9first_seq\xa7follows\xd9@\xa7entries\x91\x92\xc5{"v":1,"journal_id":"01","seq":1,'
    b'"occurred_at":"2026-01-01T00:00:00.000000Z","actor":"","kind":"SaleCompleted","fact":{"sale_id":'
    b'"01","shift_id":"01","receipt_number":"-1-1-0000","number":1,"business_date":"2026-01-01",'
    b'"local_time":"2026-01-01T00:00:00+02:00","operator":"","lines":[{"variant_id":"","product_id":"",'
    b'"variant_number":1,"label":"T-shirt ","options":["M","L","XL","S"],"sku":"","artist":"",'
    b'"category":"T-shirts","tax_class":"standard","rate_bp":2000,"quantity":1,"unit_price":[2500,'
    b'"EUR"],"discount":[0,"EUR"],"gross":[2500,"EUR"],"net":[2083,"EUR"],"tax":[417,"EUR"],'
    b'"oversold":false}],"taxes":[{"rate_bp":2000,"gross":[2500,"EUR"],"net":[2083,"EUR"],"tax":[417,'
    b'"EUR"]}],"total":[2500,"EUR"],"rounding":[0,"EUR"],"tenders":[{"method":"card","amount":[2500,'
    b'"EUR"],"reference":""},{"method":"cash","amount":[2500,"EUR"],"reference":""}],"change":[0,'
    b'"EUR"],"perpetual":{"net":[2500,"EUR"],"absolute":[2500,"EUR"]},"software_version":"0.1.0",'
    b'"fiscal_version":"1.0"},"follows":"'
)
"""What messages have in common, known to both sides.  It never changes: who had another could not
open what this one packed."""


def packed(message: bytes, *, level: int | None = None) -> bytes:
    """Return a message compressed, its length in the frame's head."""
    import zstandard

    if len(message) > SMALL_MAX:
        return zstandard.ZstdCompressor(level=level or LEVEL).compress(message)
    compressor = zstandard.ZstdCompressor(level=level or LEVEL_SMALL, dict_data=_dictionary())
    return compressor.compress(message)


@cache
def _dictionary() -> zstandard.ZstdCompressionDict:
    import zstandard

    return zstandard.ZstdCompressionDict(TYPICAL, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def opened(frame: bytes, *, bytes_max: int) -> bytes:
    """Return what was compressed; no more memory is taken than that is allowed to need.

    The frame says how long its content is, as `packed` makes it; one that does not is refused.

    Raises:
        NotOurMessage: it is no frame, cut, followed by something, or too large when it is open.
    """
    import zstandard

    try:
        size = zstandard.frame_content_size(frame)
        if not 0 <= size <= bytes_max:
            raise NotOurMessage(f"{size} bytes when it is open")
        if size == 0:  # the library would take this for a length that is not known
            return _nothing(frame)
        decompressor = zstandard.ZstdDecompressor(dict_data=_dictionary())
        return decompressor.decompress(frame, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise NotOurMessage(str(error)) from error


def _nothing(frame: bytes) -> bytes:
    if frame != packed(b""):
        raise NotOurMessage("a frame of nothing, and something else")
    return b""
