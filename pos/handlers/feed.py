"""What comes down: products of an import or a feed, in pages."""

from __future__ import annotations

from pos.commands import PRODUCTS_PAGE_MAX, ApplyProducts, FinishImport, ProductsApplied
from pos.domain.facts import CatalogueChanged, StockReceived
from pos.domain.text import clean_text
from pos.handlers.work import Work


def apply_products(command: ApplyProducts, work: Work) -> ProductsApplied:
    """Keep a page of products; opening stock counts only where nothing ever moved."""
    assert len(command.products) <= PRODUCTS_PAGE_MAX, "a page is bounded: a sale is waiting"
    kept = [work.keep_product(product) for product in command.products]
    opening = tuple(
        piece
        for piece in command.opening
        if piece.quantity > 0 and not work.has_stock_history(piece.variant_id)
    )
    if opening:
        stand = work.opened.identity.stand
        received = StockReceived(stand=stand, reason="opening", pieces=opening)
        work.record(received, command.operator)
    return ProductsApplied(
        products_added=sum(one.products_added for one in kept),
        products_changed=sum(one.products_changed for one in kept),
        variants_added=sum(one.variants_added for one in kept),
        variants_changed=sum(one.variants_changed for one in kept),
        stock_opened=len(opening),
    )


def finish_import(command: FinishImport, work: Work) -> CatalogueChanged:
    """Record that a file's products have all arrived."""
    changed = CatalogueChanged(
        source=clean_text(command.source, length_max=120),
        sha256=command.sha256,
        products=command.products,
        variants=command.variants,
    )
    work.record(changed, command.operator)
    return changed
