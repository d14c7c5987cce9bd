"""Receipts of a fictional festival: whole facts from the least that a test wants to say."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.domain.facts import (
    Identity,
    JournalOpened,
    Mode,
    PerpetualTotals,
    ReceiptIssued,
    SaleCompleted,
    SaleLine,
    Seller,
)
from pos.domain.receipt_code import code_of_sale, pack
from pos.domain.tax import Taxed, tax_included, totals_by_rate
from pos.domain.tender import CashRounding, Method, Tender, settle
from pos.ids import JournalId, OperatorCode, ProductId, SaleId, ShiftId, VariantId
from pos.money import EUR, Money, total
from receipts.copy import ReceiptCopy

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
JOURNAL = JournalId("01931f2a-7c4e-7b1a-9a53-0242ac120002")
A_MOMENT = "2026-07-04T21:14:09+02:00"
BELGIAN = CashRounding(step_minor=5, above_minor=5)

DISQUES_DU_QUAI = Seller(
    name="Les Disques du Quai",
    legal_form="SAS au capital de 10 000 €",
    address=("12 rue des Œillets", "75009 Paris"),
    country="FR",
    registration="123 456 789 00012",
    vat_number="FR12 123456789",
)
ASSOCIATION = Seller(
    name="Association Bruit Blanc",
    legal_form="Association loi 1901",
    address=("3 place de l’Église", "29200 Brest"),
    country="FR",
    registration="987 654 321 00034",
    vat_number="",
    vat_exemption="TVA non applicable, art. 293 B du CGI",
)
MAISON_DE_LA_BOUE = Seller(
    name="Maison de la Boue",
    legal_form="SRL/BV",
    address=("Rue du Pré 7", "5000 Namur"),
    country="BE",
    registration="0123.456.749",
    vat_number="BE 0123.456.749",
)


def euros(minor: int) -> Money:
    return Money(minor, EUR)


def a_line(
    label: str = "T-shirt Nuit blanche",
    price: int = 2500,
    quantity: int = 1,
    *,
    options: tuple[str, ...] = ("M", "Noir"),
    discount: int = 0,
    rate_bp: int = 2000,
    number: int = 212,
) -> SaleLine:
    gross = euros(price * quantity - discount)
    tax = tax_included(gross, rate_bp=rate_bp)
    return SaleLine(
        variant_id=VariantId("variant"),
        product_id=ProductId("product"),
        variant_number=number,
        label=label,
        options=options,
        sku="",
        artist="",
        category="",
        tax_class="standard",
        rate_bp=rate_bp,
        quantity=quantity,
        unit_price=euros(price),
        discount=euros(discount),
        gross=gross,
        net=gross - tax,
        tax=tax,
    )


def paid(method: Method, minor: int, reference: str = "") -> Tender:
    return Tender(method=method, amount=euros(minor), reference=reference)


def a_sale(
    *lines: SaleLine,
    tenders: tuple[Tender, ...] = (),
    rounding: CashRounding | None = None,
    number: int = 123,
) -> SaleCompleted:
    lines = lines or (a_line(),)
    due = total((line.gross for line in lines), EUR)
    tenders = tenders or (Tender(method="card", amount=due),)
    settled = settle(due, tenders, rounding)
    assert settled.is_settled, settled
    taxed = (Taxed(line.rate_bp, line.gross, line.tax) for line in lines)
    return SaleCompleted(
        sale_id=SaleId("01931f2a-0000-7000-8000-000000000001"),
        shift_id=ShiftId("01931f2a-0000-7000-8000-000000000002"),
        receipt_number=f"GS-1-2-{number:06d}",
        number=number,
        business_date="2026-11-21",
        local_time="2026-11-21T14:02:11+01:00",
        operator=OperatorCode("M1"),
        lines=lines,
        taxes=totals_by_rate(taxed, EUR),
        total=due,
        rounding=settled.rounding,
        tenders=tenders,
        change=settled.change,
        perpetual=PerpetualTotals(net=due, absolute=due),
        software_version="0.1.0",
        fiscal_version="1.0",
    )


def a_copy(
    sale: SaleCompleted | None = None,
    *,
    copy: int = 1,
    mode: Mode = "live",
    seller: Seller = DISQUES_DU_QUAI,
    stand_name: str = "Grande Scène",
) -> ReceiptCopy:
    sale = sale or a_sale()
    identity = Identity(
        seller=seller,
        stand="GS",
        stand_name=stand_name,
        till="1",
        time_zone="Europe/Paris",
        day_starts_at="06:00",
    )
    opened = JournalOpened(
        mode=mode,
        identity=identity,
        currency=EUR,
        ordinal=2,
        public_key=KEY.public_key().public_bytes_raw().hex(),
        software_version="0.1.0",
        fiscal_version="1.0",
    )
    issued = ReceiptIssued(
        sale_id=sale.sale_id,
        receipt_number=sale.receipt_number,
        copy=copy,
        channel="print",
        local_time=f"2026-11-21T15:{copy:02d}:00+01:00",
    )
    return ReceiptCopy(
        sale=sale,
        issued=issued,
        issued_by=OperatorCode("C7"),
        opened=opened,
        seq=1042,
        signature=KEY.sign(b"the entry of this sale"),
        code=pack(code_of_sale(JOURNAL, sale), KEY.sign),
    )


FIVE_LINES = a_sale(
    a_line("T-shirt Nuit blanche", 2500, 2, options=("M", "Noir")),
    a_line("Hoodie Minuit", 5500, options=("L",), discount=500, number=31),
    a_line("Vinyle « Cœur de verre »", 2800, options=(), number=77),
    a_line("Livre du festival", 1900, options=(), rate_bp=550, number=140),
    a_line("Affiche sérigraphiée", 1500, 2, options=("50 × 70",), number=9),
    tenders=(
        paid("card", 10_000, "004512"),
        paid("voucher", 2000),
        paid("cash", 7000),
    ),
)
"""Five lines, two rates, a discount, three tenders and change."""
