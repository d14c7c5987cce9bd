"""Files into a real till's catalogue: all or nothing, again and again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.commands import ApplyProducts, Command, CompleteSale
from pos.domain.catalogue import ProductsApplied
from pos.domain.facts import CatalogueChanged, JournalEntry, StockReceived
from pos.ids import product_id, variant_id
from pos.importers.answering import NewTill
from pos.importers.import_request import AnswerT, ImportSummary
from pos.importers.notices import UnreadableFile, Warned
from pos.importers.product_import import check_products, import_products
from pos.importers.shopify_products import open_products
from pos.reports.catalogue import (
    BarcodeOwners,
    CountCatalogue,
    ExistingProducts,
    FindByCode,
    Found,
    KeysOf,
)
from pos.reports.question import Question
from pos.till import Till
from tests.builders import a_sale, a_till, on_sale
from tests.pos.importers.shop_files import (
    HEADER,
    REAL_FILE,
    Cells,
    Heard,
    a_shirt,
    a_size,
    csv_text,
    options,
    terms,
    write,
)

CODE, OTHER_CODE = "4006381333931", "5012345678900"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    opened = a_till(tmp_path)
    yield opened
    opened.close()


def _import(
    till: Till, path: Path, *, skip_bad_rows: bool = False, dry_run: bool = False
) -> tuple[ImportSummary, Heard]:
    heard = Heard()
    wanted = options(skip_bad_rows=skip_bad_rows)
    if dry_run:
        return check_products(till, path, wanted, heard), heard
    return import_products(till, path, wanted, heard), heard


def _import_rows(
    till: Till, tmp_path: Path, *rows: Cells, skip_bad_rows: bool = False
) -> tuple[ImportSummary, Heard]:
    return _import(till, write(tmp_path, *rows), skip_bad_rows=skip_bad_rows)


def _on_hand(till: Till, size: str, handle: str = "wildfire") -> int:
    (key,) = till.ask(KeysOf(variant_ids=(variant_id(handle, [size]),)))
    return key.on_hand


def _sizes(till: Till, handle: str = "wildfire") -> list[str]:
    wanted = product_id(handle)
    product = till.ask(ExistingProducts(product_ids=(wanted,)))[wanted]
    return [variant.options[0] for variant in product.variants]


def test_the_shops_own_sample_arrives_whole(till: Till) -> None:
    summary, heard = _import(till, REAL_FILE)
    assert (summary.outcome, summary.bad_rows, summary.warnings) == ("imported", 0, 1)
    assert (summary.products, summary.variants) == (20, 22)
    assert summary.applied == ProductsApplied(products_added=20, variants_added=22, stock_opened=22)
    size = till.ask(CountCatalogue())
    assert (size.products, size.variants) == (20, 22)
    assert heard.phases == ["check", "apply", "apply"]
    assert heard.done[-1] == (REAL_FILE.stat().st_size, REAL_FILE.stat().st_size)


def test_importing_the_same_file_again_changes_nothing(till: Till) -> None:
    _import(till, REAL_FILE)
    recorded: list[JournalEntry] = []
    till.listen(recorded.append)
    summary, heard = _import(till, REAL_FILE)
    assert summary.applied == ProductsApplied()
    assert summary.unchanged == 20
    assert (heard.differences, heard.missing) == ([], [])
    assert [type(entry.fact) for entry in recorded] == [CatalogueChanged]


def test_the_journal_says_which_file_arrived_and_what_stock_it_opened(
    till: Till, tmp_path: Path
) -> None:
    recorded: list[JournalEntry] = []
    till.listen(recorded.append)
    _import_rows(till, tmp_path, a_shirt(size="M"), a_size(size="L"))
    received, changed = (entry.fact for entry in recorded)
    assert isinstance(received, StockReceived)
    assert [piece.quantity for piece in received.pieces] == [12, 12]
    assert isinstance(changed, CatalogueChanged)
    assert (changed.source, changed.products, changed.variants) == ("products.csv", 1, 2)
    with open_products(tmp_path / "products.csv", terms(), lambda _notice: None) as file:
        assert len(list(file.products())) == 1
        assert changed.sha256 == file.sha256


def test_an_imported_size_can_be_sold_by_its_code(till: Till, tmp_path: Path) -> None:
    _import_rows(till, tmp_path, a_shirt(Variant_Barcode=CODE))
    till.execute(a_sale(on_sale(till, CODE), tenders=[("cash", 2500)]))
    assert _on_hand(till, "M") == 11


def test_one_bad_row_keeps_the_whole_file_out(till: Till, tmp_path: Path) -> None:
    summary, heard = _import_rows(till, tmp_path, a_shirt(), a_size(Variant_Price="abc"))
    assert (summary.outcome, summary.bad_rows) == ("refused", 1)
    assert heard.problems == [(3, "Variant Price", "not_an_amount")]
    assert till.ask(CountCatalogue()).products == 0


def test_bad_rows_are_left_out_if_a_person_says_so(till: Till, tmp_path: Path) -> None:
    rows = a_shirt(), a_size(Variant_Price="abc"), a_shirt("cap")
    summary, heard = _import_rows(till, tmp_path, *rows, skip_bad_rows=True)
    assert (summary.outcome, summary.bad_rows) == ("imported", 1)
    assert (summary.products, summary.variants) == (2, 2)
    assert len(heard.problems) == 1
    assert _sizes(till) == ["M"]


def test_a_skipped_row_leaves_what_the_till_has_of_it(till: Till, tmp_path: Path) -> None:
    """A typing mistake in a price must not take a size off sale."""
    _import_rows(till, tmp_path, a_shirt(size="M"), a_size(size="L"))
    rows = a_shirt(size="M", Variant_Price="30.00"), a_size(size="L", Variant_Price="3O.00")
    summary, _ = _import_rows(till, tmp_path, *rows, skip_bad_rows=True)
    assert summary.applied == ProductsApplied(products_changed=1, variants_changed=1)
    assert _sizes(till) == ["M", "L"]


def test_a_changed_price_and_a_new_size_are_told_apart(till: Till, tmp_path: Path) -> None:
    _import_rows(till, tmp_path, a_shirt(size="M"), a_size(size="L"), a_shirt("cap"))
    rows = a_shirt(size="M", Variant_Price="30"), a_size(size="L"), a_size(size="XL")
    summary, _ = _import_rows(till, tmp_path, *rows, a_shirt("cap"))
    assert summary.applied == ProductsApplied(
        products_changed=1, variants_added=1, variants_changed=1, stock_opened=1
    )
    assert summary.unchanged == 1


@pytest.mark.parametrize(
    "second",
    [
        [a_shirt(size="M"), a_size(size="L")],
        [a_shirt(size="M", Variant_Price="30"), a_size(size="L"), a_size(size="XL")],
        [a_shirt(size="L"), a_size(size="M")],
        [a_shirt(size="M"), a_shirt("cap")],
        [a_shirt(size="M", Title="Other"), a_size(size="L", Variant_Barcode=CODE)],
        [a_shirt(size="M"), a_size(size="L", Variant_Inventory_Qty="")],
    ],
)
def test_a_dry_run_foretells_what_an_import_does(
    till: Till, tmp_path: Path, second: list[Cells]
) -> None:
    _import_rows(till, tmp_path, a_shirt(size="M"), a_size(size="L", Variant_Barcode=OTHER_CODE))
    path = write(tmp_path, *second)
    foretold, told = _import(till, path, dry_run=True)
    done, heard = _import(till, path)
    assert foretold.applied == done.applied
    assert foretold.unchanged == done.unchanged
    assert told.notices == heard.notices
    assert (foretold.outcome, done.outcome) == ("checked", "imported")


def test_a_dry_run_changes_nothing(till: Till) -> None:
    recorded: list[JournalEntry] = []
    till.listen(recorded.append)
    _import(till, REAL_FILE, dry_run=True)
    assert recorded == []
    assert till.ask(CountCatalogue()).products == 0


def test_a_dry_run_needs_no_till(tmp_path: Path) -> None:
    summary = check_products(NewTill(), REAL_FILE, options(), Heard())
    assert (summary.outcome, summary.products, summary.variants) == ("checked", 20, 22)
    assert summary.applied.stock_opened == 22


def test_a_quantity_counts_only_where_nothing_ever_moved(till: Till, tmp_path: Path) -> None:
    _import_rows(till, tmp_path, a_shirt(size="M"), a_size(size="L", Variant_Inventory_Qty=""))
    rows = a_shirt(size="M", Variant_Inventory_Qty="9"), a_size(size="L")
    summary, heard = _import_rows(till, tmp_path, *rows)
    assert heard.differences == [("T-shirt Wildfire · M", 9, 12)]
    assert (summary.quantities_left, summary.applied.stock_opened) == (1, 1)
    assert (_on_hand(till, "M"), _on_hand(till, "L")) == (12, 12)


def test_products_that_are_not_in_the_file_are_named_and_left(till: Till, tmp_path: Path) -> None:
    _import_rows(till, tmp_path, a_shirt(), a_shirt("cap", Title="Cap"))
    summary, heard = _import_rows(till, tmp_path, a_shirt())
    assert (heard.missing, summary.not_in_file) == (["Cap"], 1)
    assert _sizes(till, "cap") == ["M"]


def test_many_products_that_are_not_in_the_file_are_all_named(till: Till, tmp_path: Path) -> None:
    _import_rows(till, tmp_path, *(a_shirt(f"shirt-{number}") for number in range(150)))
    summary, heard = _import_rows(till, tmp_path, a_shirt("shirt-7"), a_shirt("new"))
    assert (len(heard.missing), summary.not_in_file) == (149, 149)


def test_a_product_whose_rows_are_bad_is_in_the_file_all_the_same(
    till: Till, tmp_path: Path
) -> None:
    _import_rows(till, tmp_path, a_shirt(), a_shirt("cap", Title="Cap"))
    bad = a_shirt("cap", Title="Cap", Variant_Price="x")
    _, heard = _import_rows(till, tmp_path, a_shirt(), bad, skip_bad_rows=True)
    assert heard.missing == []


def test_a_barcode_of_a_product_that_is_not_in_the_file_is_taken(
    till: Till, tmp_path: Path
) -> None:
    _import_rows(till, tmp_path, a_shirt("cap", Title="Cap", Variant_Barcode=CODE))
    summary, heard = _import_rows(till, tmp_path, a_shirt(Variant_Barcode=CODE), a_shirt("mug"))
    assert heard.problems == [(2, "Variant Barcode", "barcode_taken")]
    assert (summary.outcome, summary.bad_rows) == ("refused", 1)
    assert (summary.products, summary.variants) == (1, 1)
    skipped, _ = _import_rows(
        till, tmp_path, a_shirt(Variant_Barcode=CODE), a_shirt("mug"), skip_bad_rows=True
    )
    assert (skipped.products, skipped.variants) == (1, 1)
    assert till.ask(BarcodeOwners(barcodes=(CODE,))) == {CODE: variant_id("cap", ["M"])}


def test_a_size_whose_barcode_is_taken_is_left_out_and_the_others_arrive(
    till: Till, tmp_path: Path
) -> None:
    _import_rows(till, tmp_path, a_shirt("cap", Title="Cap", Variant_Barcode=CODE))
    rows = a_shirt(size="M"), a_size(size="L", Variant_Barcode=CODE), a_size(size="XL")
    summary, heard = _import_rows(till, tmp_path, *rows, skip_bad_rows=True)
    assert heard.problems == [(3, "Variant Barcode", "barcode_taken")]
    assert (summary.products, summary.variants, summary.applied.stock_opened) == (1, 2, 2)
    assert _sizes(till) == ["M", "XL"]


def test_sizes_of_one_product_may_swap_their_barcodes(till: Till, tmp_path: Path) -> None:
    """Two labels that were mixed up in the shop are put right there, and then here."""
    right = a_shirt(size="M", Variant_Barcode=CODE), a_size(size="L", Variant_Barcode=OTHER_CODE)
    swapped = a_shirt(size="M", Variant_Barcode=OTHER_CODE), a_size(size="L", Variant_Barcode=CODE)
    _import_rows(till, tmp_path, *right)
    summary, heard = _import_rows(till, tmp_path, *swapped)
    assert heard.problems == []
    assert summary.applied.variants_changed == 2
    found = till.ask(FindByCode(candidates=(CODE,)))
    assert isinstance(found, Found)
    assert found.key.variant.options == ("L",)
    again, _ = _import_rows(till, tmp_path, *swapped)
    assert again.applied == ProductsApplied()


@pytest.mark.parametrize("is_first", [True, False])
def test_a_barcode_may_move_between_products_of_the_file(
    till: Till, tmp_path: Path, *, is_first: bool
) -> None:
    _import_rows(till, tmp_path, a_shirt("a", Variant_Barcode=CODE), a_shirt("b"))
    rows = [a_shirt("a"), a_shirt("b", Variant_Barcode=CODE)]
    _, heard = _import_rows(till, tmp_path, *(rows if is_first else reversed(rows)))
    assert heard.problems == []
    assert till.ask(BarcodeOwners(barcodes=(CODE,))) == {CODE: variant_id("b", ["M"])}


def test_a_size_that_was_renamed_keeps_its_barcode(till: Till, tmp_path: Path) -> None:
    _import_rows(till, tmp_path, a_shirt(size="XL", Variant_Barcode=CODE))
    renamed = a_shirt(size="X-Large", Variant_Barcode=CODE)
    _, heard = _import_rows(till, tmp_path, renamed)
    assert heard.problems == []
    assert _sizes(till) == ["X-Large"]
    assert till.ask(BarcodeOwners(barcodes=(CODE,))) == {CODE: variant_id("wildfire", ["X-Large"])}


class _Interrupted:
    """A till whose power fails after some pages."""

    def __init__(self, till: Till, pages: int) -> None:
        self._till = till
        self._pages = pages

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        return self._till.ask(question)

    def execute(self, command: Command) -> Any:
        if self._pages == 0:
            raise KeyboardInterrupt
        self._pages -= isinstance(command, ApplyProducts)
        return self._till.execute(command)


def test_an_import_that_was_stopped_is_completed_by_running_it_again(
    till: Till, tmp_path: Path
) -> None:
    path = write(tmp_path, *(a_shirt(f"shirt-{number}") for number in range(450)))
    recorded: list[JournalEntry] = []
    till.listen(recorded.append)
    with pytest.raises(KeyboardInterrupt):
        import_products(_Interrupted(till, pages=1), path, options(), Heard())
    assert till.ask(CountCatalogue()).products == 200
    assert not any(isinstance(entry.fact, CatalogueChanged) for entry in recorded)
    summary, _ = _import(till, path)
    assert summary.applied == ProductsApplied(
        products_added=250, variants_added=250, stock_opened=250
    )
    assert summary.unchanged == 200
    assert till.ask(CountCatalogue()).products == 450


def test_a_file_that_changes_between_the_passes_is_not_called_imported(
    till: Till, tmp_path: Path
) -> None:
    path = write(tmp_path, a_shirt())

    class Editor(Heard):
        def progress(self, phase: Any, done: int, total: int) -> None:
            if phase == "check":
                write(tmp_path, a_shirt(Variant_Price="1.00"))

    recorded: list[JournalEntry] = []
    till.listen(recorded.append)
    with pytest.raises(UnreadableFile) as refused:
        import_products(till, path, options(), Editor())
    assert refused.value.kind == "changed"
    assert not any(isinstance(entry.fact, CatalogueChanged) for entry in recorded)


def test_how_a_type_is_taxed_stays_until_a_person_says_otherwise(
    till: Till, tmp_path: Path
) -> None:
    """A file does not say it: without a word about a type, the class that was decided stays."""
    path = write(tmp_path, a_shirt("zine", Type="Presse"), a_shirt("songs", Type="Partitions"))

    def classes(**said: str) -> tuple[list[str], list[tuple[int, Warned]]]:
        heard = Heard()
        import_products(till, path, options(tax_classes=said), heard)
        ids = (product_id("zine"), product_id("songs"))
        found = till.ask(ExistingProducts(product_ids=ids))
        return [found[one].tax_class for one in ids], heard.warnings

    assert classes(Presse="press") == (["press", "standard"], [(3, "looks_like_books")])
    assert classes(Partitions="books") == (["press", "books"], [])
    assert classes() == (["press", "books"], [])  # nor is it asked again
    assert classes(Presse="standard")[0] == ["standard", "books"]


def test_a_dry_run_foretells_a_change_of_the_tax_class(till: Till, tmp_path: Path) -> None:
    path = write(tmp_path, a_shirt("zine", Type="Presse"))
    import_products(till, path, options(tax_classes={"Presse": "press"}), Heard())
    for said, changed in (({}, 0), ({"Presse": "press"}, 0), ({"Presse": "books"}, 1)):
        summary = check_products(till, path, options(tax_classes=said), Heard())
        assert summary.applied.products_changed == changed


def test_a_sale_goes_on_between_two_imports(till: Till, tmp_path: Path) -> None:
    _import_rows(till, tmp_path, a_shirt(Variant_Barcode=CODE))
    sale = a_sale(on_sale(till, CODE), tenders=[("card", 2500)])
    assert isinstance(sale, CompleteSale)
    till.execute(sale)
    summary, heard = _import_rows(till, tmp_path, a_shirt(Variant_Barcode=CODE))
    assert summary.unchanged == 1
    assert heard.differences == [("T-shirt Wildfire · M", 12, 11)]


_cells = st.sampled_from(
    ["", "wildfire", "cap", "M", "L", "25.00", "1,234", "-3", "12", "true", "abc", "\x1b[2J", "é\n"]
) | st.text(max_size=8)
_tables = st.lists(
    st.lists(_cells, max_size=len(HEADER) + 1).map(
        lambda cells: dict(zip(HEADER, cells, strict=False))
    ),
    max_size=12,
)


@given(_tables)
@settings(max_examples=200)
def test_any_table_is_imported_or_every_bad_row_named(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Cells]
) -> None:
    """Nothing crashes, and no row is both bad and imported."""
    path = tmp_path_factory.mktemp("table") / "products.csv"
    path.write_bytes(csv_text(rows).encode("utf-8", "replace"))
    heard = Heard()
    summary = check_products(NewTill(), path, options(), heard)
    lines = {line for line, _, _ in heard.problems}
    assert summary.bad_rows == len(lines)
    total = sum(1 for row in rows if any(cell.strip() for cell in row.values()))
    assert summary.variants + summary.bad_rows <= total
    assert summary.outcome == ("refused" if lines else "checked")
