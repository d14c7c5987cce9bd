"""Compression on the wire (zstd), opened within bounds: a few bytes may claim to be terabytes."""

from __future__ import annotations

from sync.protocol import NotOurMessage

LEVEL = 3


def packed(message: bytes, *, level: int = LEVEL) -> bytes:
    """Return a message compressed, its length in the frame's head."""
    import zstandard

    return zstandard.ZstdCompressor(level=level, write_content_size=True).compress(message)


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
        return zstandard.ZstdDecompressor().decompress(frame, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise NotOurMessage(str(error)) from error


def _nothing(frame: bytes) -> bytes:
    if frame != packed(b""):
        raise NotOurMessage("a frame of nothing, and something else")
    return b""
