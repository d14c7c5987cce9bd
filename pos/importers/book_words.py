"""Which product types sound like printed matter, taxed less than merchandise in many countries."""

from __future__ import annotations

from itertools import pairwise

from pos.domain.search import search_words

# French, English, Dutch; folded: no accents, no capitals.
_WORDS = frozenset(
    {
        *("livre", "livres", "bd", "bds", "manga", "mangas", "revue", "revues", "journal"),
        *("journaux", "presse", "partition", "partitions", "roman", "romans", "songbook"),
        *("book", "books", "ebook", "ebooks", "comic", "comics", "magazine", "magazines"),
        *("newspaper", "newspapers", "press", "songbooks", "zine", "zines", "fanzine", "fanzines"),
        *("boek", "boeken", "strip", "strips", "stripboek", "stripboeken", "tijdschrift"),
        *("tijdschriften", "krant", "kranten", "pers", "bladmuziek", "muziekboek", "partituur"),
        *("liedboek", "muziekboeken", "partituren", "liedboeken"),
    }
)
_PAIRS = frozenset({("sheet", "music"), ("bande", "dessinee"), ("bandes", "dessinees")})


def looks_like_books(product_type: str) -> bool:
    """Say whether a type names books, press or sheet music."""
    words = search_words(product_type)
    return not _WORDS.isdisjoint(words) or not _PAIRS.isdisjoint(pairwise(words))
