"""The words of the pages about products, stock and sales, in English and French."""

from __future__ import annotations

GOODS: dict[str, tuple[str, str]] = {
    "products.title": (
        "Products",
        "Produits",
    ),
    "products.find": (
        "Name, artist, SKU or barcode",
        "Nom, artiste, SKU ou code-barres",
    ),
    "products.found": (
        "{n} product|{n} products",
        "{n} produit|{n} produits",
    ),
    "products.none": (
        "There are no products yet. Import a file to begin.",
        "Il n’y a pas encore de produits. Importez un fichier pour commencer.",
    ),
    "products.import": (
        "Import a file",
        "Importer un fichier",
    ),
    "products.name": (
        "Product",
        "Produit",
    ),
    "products.artist": (
        "Artist",
        "Artiste",
    ),
    "products.prices": (
        "Price",
        "Prix",
    ),
    "products.sizes": (
        "{n} variant|{n} variants",
        "{n} variante|{n} variantes",
    ),
    "products.over": (
        "not on sale",
        "pas en vente",
    ),
    "products.variant": (
        "Variant",
        "Variante",
    ),
    "products.barcodes": (
        "Barcodes",
        "Codes-barres",
    ),
    "products.change": (
        "Change prices",
        "Modifier les prix",
    ),
    "products.price_of": (
        "Price of {label}",
        "Prix de {label}",
    ),
    "products.bad_price": (
        "“{value}” is not a price. Nothing was changed.",
        "« {value} » n’est pas un prix. Rien n’a été modifié.",
    ),
    "products.changed": (
        (
            "{n} price changed. Tills in contact have it within seconds, between two "
            "baskets.|{n} prices changed. Tills in contact have them within seconds, between two "
            "baskets."
        ),
        (
            "{n} prix modifié. Les caisses en contact l’ont en quelques secondes, entre deux "
            "paniers.|{n} prix modifiés. Les caisses en contact les ont en quelques secondes, "
            "entre deux paniers."
        ),
    ),
    "products.unchanged": (
        "No price was different.",
        "Aucun prix n’était différent.",
    ),
    "import.title": (
        "Import products",
        "Importer des produits",
    ),
    "import.intro": (
        (
            "A product export of Shopify, or a file laid out like one (CSV, UTF-8). Nothing is "
            "changed before you have seen what would happen."
        ),
        (
            "Un export de produits Shopify, ou un fichier construit de même (CSV, UTF-8). Rien "
            "n’est modifié avant que vous ayez vu ce qui se passerait."
        ),
    ),
    "import.file": (
        "File",
        "Fichier",
    ),
    "import.look": (
        "Look at it first",
        "Regarder d’abord",
    ),
    "import.go": (
        "Import",
        "Importer",
    ),
    "import.no_file": (
        "No file was chosen.",
        "Aucun fichier n’a été choisi.",
    ),
    "import.differs": (
        "This is not the file that you looked at. Look at it first.",
        "Ce n’est pas le fichier que vous avez regardé. Regardez-le d’abord.",
    ),
    "import.warnings": (
        "To know:",
        "À savoir :",
    ),
    "import.more": (
        "and {n} more",
        "et {n} de plus",
    ),
    "stock.title": (
        "Stock",
        "Stock",
    ),
    "stock.all": (
        "All stands",
        "Tous les stands",
    ),
    "stock.below": (
        "below zero",
        "sous zéro",
    ),
    "stock.none": (
        "No stock has been recorded yet.",
        "Aucun stock n’a encore été enregistré.",
    ),
    "stock.age": (
        "as the tills reported it",
        "tel que les caisses l’ont annoncé",
    ),
    "sales.title": (
        "Sales",
        "Ventes",
    ),
    "sales.day": (
        "Day",
        "Jour",
    ),
    "sales.show": (
        "Show",
        "Afficher",
    ),
    "sales.csv": (
        "Download as CSV",
        "Télécharger en CSV",
    ),
    "sales.none": (
        "No sales on this day.",
        "Aucune vente ce jour-là.",
    ),
    "sales.receipt": (
        "Receipt",
        "Ticket",
    ),
    "sales.time": (
        "Time",
        "Heure",
    ),
    "sales.line": (
        "What",
        "Article",
    ),
    "sales.quantity": (
        "Quantity",
        "Quantité",
    ),
    "sales.tax": (
        "VAT included",
        "TVA comprise",
    ),
    "sales.of": (
        "Receipt {number}",
        "Ticket {number}",
    ),
    "import.too_large": (
        (
            "A product of this file has more variants or words than tills can take. Nothing more "
            "was imported."
        ),
        (
            "Un produit de ce fichier a plus de variantes ou de texte que les caisses n’en "
            "acceptent. Rien de plus n’a été importé."
        ),
    ),
    "import.stand": (
        "The quantities in the file are",
        "Les quantités du fichier sont",
    ),
    "import.stand.none": (
        "to be left out",
        "à ne pas reprendre",
    ),
    "import.stand.at": (
        "the stock at {name}",
        "le stock de {name}",
    ),
    "import.skip": (
        "Leave out rows that are wrong",
        "Laisser de côté les lignes fausses",
    ),
    "import.looked": (
        "This is what would happen. Nothing is changed yet.",
        "Voici ce qui se passerait. Rien n’est encore modifié.",
    ),
    "import.done": (
        "Imported. Tills in contact have it within seconds.",
        "Importé. Les caisses en contact l’ont en quelques secondes.",
    ),
    "import.refused": (
        "Rows are wrong: mend them in the file, or leave them out.",
        "Des lignes sont fausses : corrigez-les dans le fichier, ou laissez-les de côté.",
    ),
    "import.new": (
        "New products",
        "Produits nouveaux",
    ),
    "import.changed": (
        "Changed products",
        "Produits modifiés",
    ),
    "import.same": (
        "Products as they are",
        "Produits inchangés",
    ),
    "import.stock": (
        "Sizes with opening stock",
        "Tailles avec stock initial",
    ),
    "import.wrong": (
        "Wrong rows",
        "Lignes fausses",
    ),
    "import.missing": (
        "Not in the file, stay on sale",
        "Absents du fichier, restent en vente",
    ),
    "import.busy": (
        "One moment…",
        "Un instant…",
    ),
    "csv.file": (
        "sales",
        "ventes",
    ),
    "csv.day": (
        "Business date",
        "Date comptable",
    ),
    "csv.time": (
        "Local time",
        "Heure locale",
    ),
    "csv.stand": (
        "Stand",
        "Stand",
    ),
    "csv.receipt": (
        "Receipt",
        "Ticket",
    ),
    "csv.what": (
        "What",
        "Article",
    ),
    "csv.quantity": (
        "Quantity",
        "Quantité",
    ),
    "csv.amount": (
        "Amount incl. VAT",
        "Montant TTC",
    ),
    "csv.rate": (
        "VAT rate %",
        "Taux de TVA %",
    ),
    "csv.tax": (
        "VAT",
        "TVA",
    ),
    "csv.variant": (
        "Variant",
        "Variante",
    ),
    "csv.sale": (
        "Sale",
        "Vente",
    ),
}
