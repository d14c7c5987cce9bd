"""Which product types sound like printed matter, taxed less than merchandise in many countries."""

from __future__ import annotations

from itertools import pairwise

from pos.domain.search import search_words

# French, English, Dutch; folded: no accents, no capitals.
_BOOKS = frozenset(
    {
        *("livre", "livres", "bd", "bds", "manga", "mangas", "partition", "partitions"),
        *("roman", "romans", "book", "books", "ebook", "ebooks", "comic", "comics"),
        *("songbook", "songbooks", "boek", "boeken", "strip", "strips", "stripboek"),
        *("stripboeken", "bladmuziek", "muziekboek", "muziekboeken", "partituur", "partituren"),
        *("liedboek", "liedboeken"),
    }
)
# Press is taxed otherwise again (France: 2.1 % if it is registered), and a fanzine may be neither.
_PRESS = frozenset(
    {
        *("revue", "revues", "journal", "journaux", "presse", "magazine", "magazines", "zine"),
        *("newspaper", "newspapers", "press", "zines", "fanzine", "fanzines", "tijdschrift"),
        *("tijdschriften", "krant", "kranten", "pers"),
    }
)
_PAIRS = frozenset({("sheet", "music"), ("bande", "dessinee"), ("bandes", "dessinees")})


def looks_like_books(product_type: str) -> bool:
    """Say whether a type names books, press or sheet music: somebody has to say how it is taxed."""
    return names_books(product_type) or not _PRESS.isdisjoint(search_words(product_type))


def names_books(product_type: str) -> bool:
    """Say whether a type names books or sheet music and nothing that may be press."""
    words = search_words(product_type)
    is_press = not _PRESS.isdisjoint(words)
    return not is_press and (not _BOOKS.isdisjoint(words) or not _PAIRS.isdisjoint(pairwise(words)))
