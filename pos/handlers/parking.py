"""The basket in progress, and what was taken for it."""

from __future__ import annotations

from pos.commands import ForgetUnreadTenders, SaveBasket, SaveTenders
from pos.handlers.work import Work


def save_basket(command: SaveBasket, work: Work) -> None:
    """Keep the basket, so that a power cut costs nothing."""
    work.save_basket(command.basket)


def save_tenders(command: SaveTenders, work: Work) -> None:
    """Keep what was taken: a card that was charged is not asked for again after a restart."""
    work.save_tenders(command.taken)


def forget_unread_tenders(_command: ForgetUnreadTenders, work: Work) -> None:
    """Forget the notes of money that nobody can read, once somebody has asked the customers."""
    work.forget_unread_tenders()
