<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Banners</name>
    <message>
        <source>Understood</source>
        <translation>Compris</translation>
    </message>
</context>
<context>
    <name>BasketPanel</name>
    <message>
        <source>Goes back</source>
        <translation>À rendre</translation>
    </message>
    <message>
        <source>Basket</source>
        <translation>Panier</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Quantity for the next item</source>
        <translation>Quantité pour le prochain article</translation>
    </message>
    <message>
        <source>Scan an item, or touch a size.</source>
        <translation>Scanner un article ou toucher une taille.</translation>
    </message>
    <message>
        <source>Last sale: change to give</source>
        <translation>Vente précédente&#xa0;: à rendre</translation>
    </message>
    <message>
        <source>Remove line</source>
        <translation>Retirer la ligne</translation>
    </message>
    <message>
        <source>One less</source>
        <translation>Un de moins</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>Un de plus</translation>
    </message>
    <message>
        <source>Already paid</source>
        <translation>Déjà payé</translation>
    </message>
    <message>
        <source>Left to pay</source>
        <translation>Reste à payer</translation>
    </message>
</context>
<context>
    <name>CatalogueCard</name>
    <message>
        <source>Choose a file</source>
        <translation>Choisir un fichier</translation>
    </message>
    <message>
        <source>Product export (*.csv)</source>
        <translation>Export de produits (*.csv)</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Nom du fichier</translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation>Type de fichier</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>CheckoutPage</name>
    <message>
        <source>Checkout</source>
        <translation>Caisse</translation>
    </message>
    <message>
        <source>Import a catalogue</source>
        <translation>Importer un catalogue</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Nothing found for “{words}”.</source>
        <translation>Aucun résultat pour «&#xa0;{words}&#xa0;».</translation>
    </message>
    <message>
        <source>No items here yet.</source>
        <translation>Pas encore d’articles.</translation>
    </message>
    <message>
        <source>Search or code</source>
        <translation>Chercher, code</translation>
    </message>
    <message>
        <source>Search by name, artist, size or code</source>
        <translation>Chercher par nom, artiste, taille ou code</translation>
    </message>
    <message>
        <source>{name}: none left by the records. Touch it once more to sell it.</source>
        <translation>{name}&#xa0;: plus rien d’après les comptes. Toucher encore une fois pour vendre.</translation>
    </message>
    <message>
        <source>{name}: none left here. {stands}. Touch it once more to sell it.</source>
        <translation>{name}&#xa0;: plus rien ici. {stands}. Toucher encore une fois pour le vendre.</translation>
    </message>
</context>
<context>
    <name>DonePage</name>
    <message>
        <source>After the sale</source>
        <translation>Après la vente</translation>
    </message>
    <message>
        <source>Change to give</source>
        <translation>À rendre</translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation>Client suivant</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Imprimer</translation>
    </message>
    <message>
        <source>No receipt</source>
        <translation>Sans ticket</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Payé</translation>
    </message>
    <message>
        <source>Nothing to give back</source>
        <translation>Rien à rendre</translation>
    </message>
    <message>
        <source>Show a duplicate</source>
        <translation>Afficher un duplicata</translation>
    </message>
    <message>
        <source>Print a duplicate</source>
        <translation>Imprimer un duplicata</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Cashier&apos;s page</source>
        <translation>Guide de caisse</translation>
    </message>
    <message>
        <source>Or touch the line in the basket, then the right size, or −.</source>
        <translation>Ou toucher la ligne dans le panier, puis la bonne taille, ou −.</translation>
    </message>
    <message>
        <source>Checkout</source>
        <translation>Caisse</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Paiement</translation>
    </message>
    <message>
        <source>After the sale</source>
        <translation>Après la vente</translation>
    </message>
    <message>
        <source>A … Z</source>
        <translation>A … Z</translation>
    </message>
    <message>
        <source>search</source>
        <translation>chercher</translation>
    </message>
    <message>
        <source>F2</source>
        <translation>F2</translation>
    </message>
    <message>
        <source>into the search field</source>
        <translation>aller au champ de recherche</translation>
    </message>
    <message>
        <source>0 … 9</source>
        <translation>0 … 9</translation>
    </message>
    <message>
        <source>Arrows, Enter</source>
        <translation>Flèches, Entrée</translation>
    </message>
    <message>
        <source>+ and −</source>
        <translation>+ et −</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>On the keyboard</source>
        <translation>Au clavier</translation>
    </message>
    <message>
        <source>How to sell</source>
        <translation>Comment vendre</translation>
    </message>
    <message>
        <source>Touch the size, or scan</source>
        <translation>Toucher la taille ou scanner</translation>
    </message>
    <message>
        <source>The small figure is how many are left.</source>
        <translation>Le petit chiffre est ce qui reste en stock.</translation>
    </message>
    <message>
        <source>Wrong one? Undo</source>
        <translation>Erreur&#x202f;? Annuler</translation>
    </message>
    <message>
        <source>Pay, then cash or card</source>
        <translation>Encaisser, puis espèces ou carte</translation>
    </message>
    <message>
        <source>Touch what the customer gives. A card: the same amount on the terminal.</source>
        <translation>Toucher la somme que donne le client. Carte&#xa0;: le même montant sur le terminal.</translation>
    </message>
    <message>
        <source>Give the change</source>
        <translation>Rendre la monnaie</translation>
    </message>
    <message>
        <source>The screen says how much. The sale is saved already.</source>
        <translation>L’écran dit combien. La vente est déjà enregistrée.</translation>
    </message>
    <message>
        <source>A receipt only if asked</source>
        <translation>Un ticket sur demande seulement</translation>
    </message>
    <message>
        <source>Else go on: scan the next item.</source>
        <translation>Sinon continuer&#xa0;: scanner l’article suivant.</translation>
    </message>
    <message>
        <source>Sold out, but it is here</source>
        <translation>Épuisé, mais il est là</translation>
    </message>
    <message>
        <source>Touch its size twice: it is sold all the same.</source>
        <translation>Toucher deux fois sa taille&#xa0;: il se vend quand même.</translation>
    </message>
    <message>
        <source>quantity for the next item</source>
        <translation>quantité pour le prochain article</translation>
    </message>
    <message>
        <source>move between sizes, add one</source>
        <translation>passer d’une taille à l’autre, en ajouter une</translation>
    </message>
    <message>
        <source>one more, one fewer on the line</source>
        <translation>un de plus, un de moins sur la ligne</translation>
    </message>
    <message>
        <source>Page up, page down</source>
        <translation>Page préc., suiv.</translation>
    </message>
    <message>
        <source>another line</source>
        <translation>changer de ligne</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Suppr</translation>
    </message>
    <message>
        <source>remove the line</source>
        <translation>retirer la ligne</translation>
    </message>
    <message>
        <source>Ctrl + Z</source>
        <translation>Ctrl + Z</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>annuler</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>clear quantity, then search</source>
        <translation>effacer la quantité, puis la recherche</translation>
    </message>
    <message>
        <source>F12</source>
        <translation>F12</translation>
    </message>
    <message>
        <source>pay</source>
        <translation>encaisser</translation>
    </message>
    <message>
        <source>F9</source>
        <translation>F9</translation>
    </message>
    <message>
        <source>last receipt again</source>
        <translation>réimprimer le dernier ticket</translation>
    </message>
    <message>
        <source>F10</source>
        <translation>F10</translation>
    </message>
    <message>
        <source>settings, import, test page</source>
        <translation>réglages, import, page de test</translation>
    </message>
    <message>
        <source>F11</source>
        <translation>F11</translation>
    </message>
    <message>
        <source>the hub: what is sent, other tills</source>
        <translation>le hub&#xa0;: ce qui est envoyé, autres caisses</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>to the next button</source>
        <translation>passer au bouton suivant</translation>
    </message>
    <message>
        <source>type an amount</source>
        <translation>saisir un montant</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>cash: what was typed, or exact</source>
        <translation>espèces&#xa0;: montant saisi, sinon l’appoint</translation>
    </message>
    <message>
        <source>F5 … F8</source>
        <translation>F5 … F8</translation>
    </message>
    <message>
        <source>the quick cash keys</source>
        <translation>montants rapides en espèces</translation>
    </message>
    <message>
        <source>C, W, V, O</source>
        <translation>C, B, V, A</translation>
    </message>
    <message>
        <source>card, wristband, voucher, other</source>
        <translation>carte, bracelet, bon, autre</translation>
    </message>
    <message>
        <source>one step back</source>
        <translation>revenir en arrière</translation>
    </message>
    <message>
        <source>Enter, Esc</source>
        <translation>Entrée, Échap</translation>
    </message>
    <message>
        <source>no receipt, next customer</source>
        <translation>sans ticket, client suivant</translation>
    </message>
    <message>
        <source>P</source>
        <translation>P</translation>
    </message>
    <message>
        <source>print the receipt</source>
        <translation>imprimer le ticket</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>show the receipt</source>
        <translation>afficher le ticket</translation>
    </message>
</context>
<context>
    <name>JoinCard</name>
    <message>
        <source>Scan the code on the hub&apos;s page with this till&apos;s scanner.</source>
        <translation>Scanner le code de la page du hub avec le lecteur de cette caisse.</translation>
    </message>
    <message>
        <source>Or type what stands below it:</source>
        <translation>Ou saisir ce qui est écrit dessous&#xa0;:</translation>
    </message>
    <message>
        <source>Address of the hub</source>
        <translation>Adresse du hub</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Join this hub</source>
        <translation>Rejoindre ce hub</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Copy of {amount}?</source>
        <translation>Copie de {amount}&#xa0;?</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>Last receipt</source>
        <translation>Dernier ticket</translation>
    </message>
    <message>
        <source>Make a copy?</source>
        <translation>Faire une copie&#xa0;?</translation>
    </message>
    <message>
        <source>Day or night</source>
        <translation>Jour ou nuit</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>PaymentPage</name>
    <message>
        <source>Payment</source>
        <translation>Paiement</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>À payer</translation>
    </message>
    <message>
        <source>Left to pay</source>
        <translation>Reste à payer</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Espèces</translation>
    </message>
    <message>
        <source>Other ways</source>
        <translation>Autres moyens</translation>
    </message>
    <message>
        <source>Typed amount</source>
        <translation>Montant saisi</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>It is paid</source>
        <translation>C’est payé</translation>
    </message>
    <message>
        <source>Refused or cancelled</source>
        <translation>Refusé ou annulé</translation>
    </message>
    <message>
        <source>Take back: {method} {amount}</source>
        <translation>Retirer&#xa0;: {method} {amount}</translation>
    </message>
</context>
<context>
    <name>PlugMenu</name>
    <message>
        <source>Demo</source>
        <translation>Démo</translation>
    </message>
    <message>
        <source>Pull the hub&apos;s plug</source>
        <translation>Débrancher le hub</translation>
    </message>
    <message>
        <source>Plug the hub in again</source>
        <translation>Rebrancher le hub</translation>
    </message>
    <message>
        <source>The hub did not start: {reason}</source>
        <translation>Le hub n’a pas démarré&#xa0;: {reason}</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Fiscal module</source>
        <translation>Module fiscal</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>Data of the till</source>
        <translation>Données de la caisse</translation>
    </message>
    <message>
        <source>Key and settings: never copy the key</source>
        <translation>Clé et réglages&#xa0;: ne jamais copier la clé</translation>
    </message>
</context>
<context>
    <name>ReceiptSight</name>
    <message>
        <source>Receipt</source>
        <translation>Ticket</translation>
    </message>
</context>
<context>
    <name>ReceiptWindow</name>
    <message>
        <source>Receipt</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>Receipts</name>
    <message>
        <source>No printer: receipts on screen</source>
        <translation>Sans imprimante&#xa0;: tickets à l’écran</translation>
    </message>
    <message>
        <source>No printer</source>
        <translation>Sans imprimante</translation>
    </message>
    <message>
        <source>Printer ready</source>
        <translation>Imprimante prête</translation>
    </message>
    <message>
        <source>Printing {title}</source>
        <translation>Impression de {title}</translation>
    </message>
    <message>
        <source>{trouble} {count} waiting.</source>
        <translation>{trouble} En attente&#xa0;: {count}.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>Effacer la recherche</translation>
    </message>
</context>
<context>
    <name>Selling</name>
    <message>
        <source>Pay</source>
        <translation>Encaisser</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Network printer</source>
        <translation>Imprimante réseau</translation>
    </message>
    <message>
        <source>Where receipts go</source>
        <translation>Où vont les tickets</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>Nom ou adresse</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Characters in a line</source>
        <translation>Caractères par ligne</translation>
    </message>
    <message>
        <source>By the printer</source>
        <translation>Par l’imprimante</translation>
    </message>
    <message>
        <source>As a picture</source>
        <translation>En image</translation>
    </message>
    <message>
        <source>QR codes</source>
        <translation>Codes QR</translation>
    </message>
    <message>
        <source>Cash drawer on the printer</source>
        <translation>Tiroir-caisse sur l’imprimante</translation>
    </message>
    <message>
        <source>Language of the receipts</source>
        <translation>Langue des tickets</translation>
    </message>
    <message>
        <source>Settings for this machine, saved at once.</source>
        <translation>Réglages de cette caisse, appliqués aussitôt.</translation>
    </message>
    <message>
        <source>Test page</source>
        <translation>Page de test</translation>
    </message>
    <message>
        <source>Screen and sound</source>
        <translation>Écran et son</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Nuit</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Sound of a scan</source>
        <translation>Son à la lecture d’un code</translation>
    </message>
    <message>
        <source>Scanner test</source>
        <translation>Test du lecteur</translation>
    </message>
    <message>
        <source>Forget the calibration</source>
        <translation>Effacer l’étalonnage</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Catalogue</translation>
    </message>
    <message>
        <source>A product export of your shop (CSV). Import it again to update the catalogue.</source>
        <translation>Un export de produits de la boutique (CSV). Réimporter le fichier met à jour le catalogue.</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Choisir un fichier</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>Hub</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>Ce qui est envoyé</translation>
    </message>
    <message>
        <source>A till leaves a hub at the hub: head office revokes it there.</source>
        <translation>Une caisse quitte un hub sur le hub&#xa0;: le siège l’y révoque.</translation>
    </message>
    <message>
        <source>About</source>
        <translation>À propos</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Non</translation>
    </message>
</context>
<context>
    <name>SiblingKey</name>
    <message>
        <source>{size}: the size of this line</source>
        <translation>{size}&#xa0;: la taille de cette ligne</translation>
    </message>
    <message numerus="yes">
        <source>Change to {size}, %n left</source>
        <translation>
            <numerusform>Changer pour {size}, %n restant</numerusform>
            <numerusform>Changer pour {size}, %n restants</numerusform>
        </translation>
    </message>
    <message>
        <source>Change to {size}, sold out</source>
        <translation>Changer pour {size}, épuisé</translation>
    </message>
</context>
<context>
    <name>SiblingSizes</name>
    <message>
        <source>Other sizes of this line</source>
        <translation>Autres tailles de cette ligne</translation>
    </message>
</context>
<context>
    <name>SizeKey</name>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>%n restant</numerusform>
            <numerusform>%n restants</numerusform>
        </translation>
    </message>
    <message>
        <source>sold out</source>
        <translation>épuisé</translation>
    </message>
    <message>
        <source>Sell?</source>
        <translation>Vendre&#xa0;?</translation>
    </message>
</context>
<context>
    <name>Strips</name>
    <message>
        <source>{file} was not imported. The till is ready; import it later.</source>
        <translation>{file} n’a pas été importé. La caisse est prête&#xa0;; l’importer plus tard.</translation>
    </message>
    <message>
        <source>The drawer did not open.</source>
        <translation>Le tiroir ne s’est pas ouvert.</translation>
    </message>
    <message>
        <source>The last action was not saved. The basket is kept. Report {number}.</source>
        <translation>La dernière action n’a pas été enregistrée. Le panier est conservé. Rapport {number}.</translation>
    </message>
    <message>
        <source>Not printed yet: {receipts}. Close once more to leave all the same.</source>
        <translation>Pas encore imprimé&#xa0;: {receipts}. Fermer encore une fois pour quitter quand même.</translation>
    </message>
</context>
<context>
    <name>StuckPane</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Back to the basket</source>
        <translation>Revenir au panier</translation>
    </message>
    <message>
        <source>Abandon the sale</source>
        <translation>Abandonner la vente</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Hub</source>
        <translation>Hub</translation>
    </message>
    <message>
        <source>Yes: continue with a new journal</source>
        <translation>Oui&#xa0;: continuer avec un nouveau journal</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Selling never waits for it.</source>
        <translation>La vente ne l’attend jamais.</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Envoyer maintenant</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>À regarder</translation>
    </message>
    <message>
        <source>Continue with a new journal</source>
        <translation>Continuer avec un nouveau journal</translation>
    </message>
    <message>
        <source>Only on this till</source>
        <translation>Seulement sur cette caisse</translation>
    </message>
    <message>
        <source>Other tills at this stand</source>
        <translation>Autres caisses de ce stand</translation>
    </message>
    <message>
        <source>Catalogue and stock</source>
        <translation>Catalogue et stock</translation>
    </message>
    <message>
        <source>Prices and products change between two baskets, never in one.</source>
        <translation>Prix et articles changent entre deux paniers, jamais dans un panier.</translation>
    </message>
</context>
<context>
    <name>TillApp</name>
    <message>
        <source>The scanner&apos;s keyboard is known now.</source>
        <translation>Le clavier du lecteur est connu.</translation>
    </message>
    <message>
        <source>This calibration code is not valid: nothing was changed.</source>
        <translation>Ce code d’étalonnage n’est pas valable&#xa0;: rien n’a changé.</translation>
    </message>
</context>
<context>
    <name>TroublePage</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Continue with a new journal</source>
        <translation>Continuer avec un nouveau journal</translation>
    </message>
    <message>
        <source>Yes: keep the old file, sell with a new one</source>
        <translation>Oui&#xa0;: garder l’ancien fichier, vendre avec un nouveau</translation>
    </message>
    <message>
        <source>Open for training only</source>
        <translation>Ouvrir en formation seulement</translation>
    </message>
    <message>
        <source>Opening the till …</source>
        <translation>Ouverture de la caisse…</translation>
    </message>
    <message>
        <source>The till cannot be opened</source>
        <translation>La caisse ne s’ouvre pas</translation>
    </message>
    <message>
        <source>This is a mistake in the program. Nothing was changed. Call for help.</source>
        <translation>C’est une erreur du programme. Rien n’a été changé. Appeler de l’aide.</translation>
    </message>
    <message>
        <source>The old file stays untouched in the folder “set-aside”, for the accountant and for verification. Catalogue and stock come along as far as they can be read. Receipt numbers begin a new series that names the old one.</source>
        <translation>L’ancien fichier reste intact dans le dossier «&#xa0;set-aside&#xa0;», pour le comptable et pour la vérification. Catalogue et stock sont repris, autant qu’ils se lisent. Les numéros de ticket commencent une nouvelle série, qui nomme l’ancienne.</translation>
    </message>
</context>
<context>
    <name>Unprinted</name>
    <message>
        <source>Not printed when the till was closed: {receipts}. F9 prints the last.</source>
        <translation>Pas imprimé à la fermeture de la caisse&#xa0;: {receipts}. F9 imprime le dernier.</translation>
    </message>
    <message>
        <source>Not printed whole: {receipts}. Print again what is wanted.</source>
        <translation>Imprimé en partie seulement&#xa0;: {receipts}. Réimprimer au besoin.</translation>
    </message>
    <message>
        <source>Not printed: {receipts}. Print again what is wanted.</source>
        <translation>Non imprimé&#xa0;: {receipts}. Réimprimer au besoin.</translation>
    </message>
    <message>
        <source>{receipts} and {count} more</source>
        <translation>{receipts} et {count} de plus</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Step {number} of {count}</source>
        <translation>Étape {number} sur {count}</translation>
    </message>
    <message>
        <source>Open the till</source>
        <translation>Ouvrir la caisse</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>The till of your merch stand. It sells with or without a network.</source>
        <translation>La caisse du stand de merch. Elle vend avec ou sans réseau.</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Essayer la démo</translation>
    </message>
    <message>
        <source>Set up this till</source>
        <translation>Installer cette caisse</translation>
    </message>
    <message>
        <source>Who sells, at which stand, with which catalogue: five minutes.</source>
        <translation>Qui vend, à quel stand, avec quel catalogue&#xa0;: cinq minutes.</translation>
    </message>
    <message>
        <source>Training only</source>
        <translation>Formation seulement</translation>
    </message>
    <message>
        <source>Learn on an empty till. Receipts say that they are not real.</source>
        <translation>S’entraîner sur une caisse vide. Les tickets sont marqués comme factices.</translation>
    </message>
    <message>
        <source>Forget what was typed last time</source>
        <translation>Oublier ce qui a été saisi la dernière fois</translation>
    </message>
    <message>
        <source>Continue set-up</source>
        <translation>Reprendre l’installation</translation>
    </message>
    <message>
        <source>A made-up festival, ready to sell. Nothing is real.</source>
        <translation>Un festival inventé, prêt à vendre. Rien n’est réel.</translation>
    </message>
    <message>
        <source>Join a hub</source>
        <translation>Rejoindre un hub</translation>
    </message>
    <message>
        <source>Head office has set everything up: scan its code, and sell.</source>
        <translation>Le siège a tout préparé&#xa0;: scanner son code, et vendre.</translation>
    </message>
    <message>
        <source>Who sells?</source>
        <translation>Qui vend&#x202f;?</translation>
    </message>
    <message>
        <source>As it must appear on each receipt. It cannot be changed later.</source>
        <translation>Tel que cela doit figurer sur chaque ticket. Impossible à modifier ensuite.</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>France</source>
        <translation>France</translation>
    </message>
    <message>
        <source>Belgium</source>
        <translation>Belgique</translation>
    </message>
    <message>
        <source>Legal name</source>
        <translation>Raison sociale</translation>
    </message>
    <message>
        <source>Legal form</source>
        <translation>Forme juridique</translation>
    </message>
    <message>
        <source>Street and number</source>
        <translation>Numéro et rue</translation>
    </message>
    <message>
        <source>Postcode and town</source>
        <translation>Code postal et ville</translation>
    </message>
    <message>
        <source>VAT number</source>
        <translation>Numéro de TVA</translation>
    </message>
    <message>
        <source>… or why there is none</source>
        <translation>… ou pourquoi il n’y en a pas</translation>
    </message>
    <message>
        <source>Where does it sell?</source>
        <translation>Où vend-on&#x202f;?</translation>
    </message>
    <message>
        <source>Both are part of each receipt number.</source>
        <translation>Les deux figurent dans le numéro de chaque ticket.</translation>
    </message>
    <message>
        <source>Code of the stand (A–Z, 0–9, at most {most})</source>
        <translation>Code du stand (A–Z, 0–9, {most} au plus)</translation>
    </message>
    <message>
        <source>Number of this till (from 1)</source>
        <translation>Numéro de cette caisse (dès 1)</translation>
    </message>
    <message>
        <source>The code is written to the journal; the name is not.</source>
        <translation>Le code est inscrit au journal, pas le nom.</translation>
    </message>
    <message>
        <source>Confirm the PIN</source>
        <translation>Confirmer le code PIN</translation>
    </message>
    <message>
        <source>Check once more: seller and codes cannot be changed later.</source>
        <translation>Relire une dernière fois&#xa0;: vendeur et codes ne changeront plus.</translation>
    </message>
    <message>
        <source>Name of the stand</source>
        <translation>Nom du stand</translation>
    </message>
    <message>
        <source>Who manages it?</source>
        <translation>Qui est responsable&#x202f;?</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Short code</source>
        <translation>Code court</translation>
    </message>
    <message>
        <source>PIN, at least 6 digits</source>
        <translation>Code PIN, 6 chiffres au moins</translation>
    </message>
    <message>
        <source>What does it sell?</source>
        <translation>Que vend-on&#x202f;?</translation>
    </message>
    <message>
        <source>A product export of your shop (CSV). Later, it is imported in the settings, F10.</source>
        <translation>Un export des produits de la boutique (CSV). Plus tard, l’import se fait dans les réglages, F10.</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Choisir un fichier</translation>
    </message>
    <message>
        <source>All set?</source>
        <translation>Tout est prêt&#x202f;?</translation>
    </message>
    <message>
        <source>Which hub?</source>
        <translation>Quel hub&#xa0;?</translation>
    </message>
    <message>
        <source>It says who sells, at which stand, and brings the catalogue.</source>
        <translation>Il dit qui vend, à quel stand, et apporte le catalogue.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>Unknown code: {code}</source>
        <translation>Code inconnu&#xa0;: {code}</translation>
    </message>
    <message>
        <source>{count} × {article}? Only {left} left in stock.</source>
        <translation>{count} × {article}&#xa0;? Il n’en reste que {left} en stock.</translation>
    </message>
    <message>
        <source>{article} waits for the next sale: this one is being saved.</source>
        <translation>{article} attend la prochaine vente&#xa0;: celle-ci s’enregistre.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>from {price}</source>
        <translation>dès {price}</translation>
    </message>
    <message>
        <source>{price} each</source>
        <translation>{price} pièce</translation>
    </message>
    <message>
        <source>A basket holds {count} lines: take payment, then go on.</source>
        <translation>Un panier contient {count} lignes au plus&#xa0;: encaisser, puis continuer.</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Espèces</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Wristband</source>
        <translation>Bracelet</translation>
    </message>
    <message>
        <source>Voucher</source>
        <translation>Bon</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autre</translation>
    </message>
    <message>
        <source>On the terminal, take</source>
        <translation>Sur le terminal, encaisser</translation>
    </message>
    <message>
        <source>Take the voucher for</source>
        <translation>Prendre le bon de</translation>
    </message>
    <message>
        <source>Take by other means</source>
        <translation>Encaisser autrement</translation>
    </message>
    <message>
        <source>Give back to the customer: {amounts}</source>
        <translation>À rendre au client&#xa0;: {amounts}</translation>
    </message>
    <message>
        <source>.</source>
        <comment>decimal sign</comment>
        <translation>,</translation>
    </message>
    <message>
        <source>Receipt {number} is being printed.</source>
        <translation>Le ticket {number} s’imprime.</translation>
    </message>
    <message>
        <source>Receipt {number} is being printed: duplicate {copy}.</source>
        <translation>Le ticket {number} s’imprime&#xa0;: duplicata {copy}.</translation>
    </message>
    <message>
        <source>“{typed}” is not an amount.</source>
        <translation>«&#xa0;{typed}&#xa0;» n’est pas un montant.</translation>
    </message>
    <message>
        <source>{amount} in cash, rounded to 5 cents</source>
        <translation>{amount} en espèces, arrondi aux 5 centimes</translation>
    </message>
    <message>
        <source>Take {amount} ({method}) back?</source>
        <translation>Retirer ce paiement de {amount} ({method})&#xa0;?</translation>
    </message>
    <message>
        <source>Receipt {number} · {total}</source>
        <translation>Ticket {number} · {total}</translation>
    </message>
    <message>
        <source>There is no sale on this till yet.</source>
        <translation>Pas encore de vente sur cette caisse.</translation>
    </message>
    <message>
        <source>Enterprise number (BCE/KBO)</source>
        <translation>Numéro d’entreprise (BCE/KBO)</translation>
    </message>
    <message>
        <source>Please fill this in.</source>
        <translation>À remplir.</translation>
    </message>
    <message>
        <source>The length is not right.</source>
        <translation>La longueur ne convient pas.</translation>
    </message>
    <message>
        <source>This is not the right format.</source>
        <translation>Ce n’est pas le bon format.</translation>
    </message>
    <message>
        <source>A digit is wrong: please check the number.</source>
        <translation>Un chiffre est faux&#xa0;: vérifier le numéro.</translation>
    </message>
    <message>
        <source>This is the VAT number of another company.</source>
        <translation>C’est le numéro de TVA d’une autre entreprise.</translation>
    </message>
    <message>
        <source>Either a VAT number or a reason why there is none.</source>
        <translation>Soit un numéro de TVA, soit la raison de son absence.</translation>
    </message>
    <message>
        <source>0 is the training till: number this one from 1.</source>
        <translation>0 est la caisse de formation&#xa0;: numéroter celle-ci à partir de 1.</translation>
    </message>
    <message>
        <source>Too easy to guess: choose other digits.</source>
        <translation>Trop facile à deviner&#xa0;: choisir d’autres chiffres.</translation>
    </message>
    <message>
        <source>The two PINs are not the same.</source>
        <translation>Les deux codes PIN diffèrent.</translation>
    </message>
    <message>
        <source>One of the two.</source>
        <translation>L’un des deux.</translation>
    </message>
    <message>
        <source>A PIN has {least} to {most} digits; {typed} were typed.</source>
        <translation>Un code PIN a {least} à {most} chiffres&#x202f;; {typed} saisis.</translation>
    </message>
    <message>
        <source>A PIN has digits only.</source>
        <translation>Un code PIN n’a que des chiffres.</translation>
    </message>
    <message>
        <source>Only letters A to Z, and digits.</source>
        <translation>Seulement des lettres de A à Z et des chiffres.</translation>
    </message>
    <message>
        <source>At most {most} characters; {typed} were typed.</source>
        <translation>{most} caractères au plus&#x202f;; {typed} saisis.</translation>
    </message>
    <message>
        <source>{name} has {count} digits and nothing else.</source>
        <translation>{name}&#xa0;: {count} chiffres et rien d’autre.</translation>
    </message>
    <message>
        <source>It begins with 0 or 1.</source>
        <translation>Il commence par 0 ou 1.</translation>
    </message>
    <message>
        <source>{name} has {count} digits; {typed} were typed.</source>
        <translation>{name}&#xa0;: {count} chiffres&#x202f;; {typed} saisis.</translation>
    </message>
    <message>
        <source>BE and ten digits, such as BE0123456749.</source>
        <translation>BE et dix chiffres, comme BE0123456749.</translation>
    </message>
    <message>
        <source>FR, two characters and nine digits, such as FR11123456782.</source>
        <translation>FR, deux caractères et neuf chiffres, comme FR11123456782.</translation>
    </message>
    <message numerus="yes">
        <source>%n bad row(s): correct the file first</source>
        <translation>
            <numerusform>%n ligne fausse&#xa0;: corriger d’abord le fichier</numerusform>
            <numerusform>%n lignes fausses&#xa0;: corriger d’abord le fichier</numerusform>
        </translation>
    </message>
    <message>
        <source>Books: {rate} % VAT</source>
        <translation>Livres&#xa0;: TVA {rate} %</translation>
    </message>
    <message>
        <source>Usual: {rate} % VAT</source>
        <translation>Normal&#xa0;: TVA {rate} %</translation>
    </message>
    <message>
        <source>From 1 to 65535.</source>
        <translation>De 1 à 65535.</translation>
    </message>
    <message>
        <source>The test page is on its way …</source>
        <translation>La page de test est en route…</translation>
    </message>
    <message>
        <source>{why} The test page was not printed.</source>
        <translation>{why} La page de test n’a pas été imprimée.</translation>
    </message>
    <message>
        <source>The test page is a file in {folder}.</source>
        <translation>La page de test est un fichier dans {folder}.</translation>
    </message>
    <message>
        <source>The test page is in a window: no printer is chosen.</source>
        <translation>La page de test est dans une fenêtre&#xa0;: aucune imprimante n’est choisie.</translation>
    </message>
    <message>
        <source>Enter the printer&apos;s name or address, as its self-test prints it.</source>
        <translation>Saisir le nom ou l’adresse de l’imprimante, comme sur son autotest.</translation>
    </message>
    <message>
        <source>Enter the name of a folder for the receipts.</source>
        <translation>Saisir le nom d’un dossier pour les tickets.</translation>
    </message>
    <message>
        <source>This cannot be used here.</source>
        <translation>Cela ne convient pas ici.</translation>
    </message>
    <message>
        <source>The printer accepted the test page. Is every character on the paper right?</source>
        <translation>L’imprimante a accepté la page de test. Tous les caractères sont-ils bien imprimés&#x202f;?</translation>
    </message>
    <message>
        <source>Scan any code: here it is only shown.</source>
        <translation>Scanner n’importe quel code&#xa0;: ici, il est seulement affiché.</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n caractère</numerusform>
            <numerusform>%n caractères</numerusform>
        </translation>
    </message>
    <message>
        <source>check digit right</source>
        <translation>clé de contrôle juste</translation>
    </message>
    <message>
        <source>read as a {layout} keyboard</source>
        <translation>lu comme un clavier {layout}</translation>
    </message>
    <message>
        <source>Caps Lock undone</source>
        <translation>sans le verrouillage des majuscules</translation>
    </message>
    <message>
        <source>read by the calibration</source>
        <translation>lu grâce à l’étalonnage</translation>
    </message>
    <message>
        <source>read as it arrived</source>
        <translation>lu tel quel</translation>
    </message>
    <message>
        <source>Not calibrated; not needed if codes read correctly.</source>
        <translation>Pas d’étalonnage&#x202f;; inutile si les codes sont bien lus.</translation>
    </message>
    <message>
        <source>This calibration code is not valid: nothing was changed.</source>
        <translation>Ce code d’étalonnage n’est pas valable&#xa0;: rien n’a changé.</translation>
    </message>
    <message>
        <source>Importing {file}. Sales can go on meanwhile.</source>
        <translation>Import de {file} en cours. On peut vendre pendant ce temps.</translation>
    </message>
    <message>
        <source>The scanner&apos;s keyboard was calibrated.</source>
        <translation>Le clavier du lecteur est étalonné.</translation>
    </message>
    <message>
        <source>Imported: {added} new, {changed} changed, {unchanged} as before.</source>
        <translation>Importé&#xa0;: {added} nouveaux, {changed} changés, {unchanged} inchangés.</translation>
    </message>
    <message>
        <source>{file} was not imported: some of its rows are wrong. Nothing was changed.</source>
        <translation>{file} n’a pas été importé&#xa0;: certaines de ses lignes sont fausses. Rien n’a changé.</translation>
    </message>
    <message>
        <source>Reading {file} …</source>
        <translation>Lecture de {file}…</translation>
    </message>
    <message>
        <source>{file} cannot be imported.</source>
        <translation>{file} ne peut pas être importé.</translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n produit</numerusform>
            <numerusform>%n produits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n size(s)</source>
        <translation>
            <numerusform>%n taille</numerusform>
            <numerusform>%n tailles</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} ({code}), till {till}</source>
        <translation>{name} ({code}), caisse {till}</translation>
    </message>
    <message>
        <source>First receipt: {number}</source>
        <translation>Premier ticket&#xa0;: {number}</translation>
    </message>
    <message>
        <source>Manager: {name} ({code})</source>
        <translation>Responsable&#xa0;: {name} ({code})</translation>
    </message>
    <message>
        <source>No catalogue yet.</source>
        <translation>Pas encore de catalogue.</translation>
    </message>
    <message>
        <source>The sale is not saved yet. {why}</source>
        <translation>La vente n’est pas encore enregistrée. {why}</translation>
    </message>
    <message>
        <source>A mistake in the program kept the sale from being saved. What was taken is kept. Try again; if it comes back, call for help.</source>
        <translation>Une erreur du programme empêche d’enregistrer la vente. Ce qui est encaissé est gardé. Réessayer&#xa0;; si cela revient, appeler de l’aide.</translation>
    </message>
    <message>
        <source>Give {amount} in cash back.</source>
        <translation>Rendre {amount} en espèces.</translation>
    </message>
    <message>
        <source>Really {amount} in cash?</source>
        <translation>Vraiment {amount} en espèces&#xa0;?</translation>
    </message>
    <message>
        <source>{change} would go back as change.</source>
        <translation>Il faudrait rendre {change}.</translation>
    </message>
    <message>
        <source>Yes, {amount}</source>
        <translation>Oui, {amount}</translation>
    </message>
    <message>
        <source>No, type it again</source>
        <translation>Non, corriger</translation>
    </message>
    <message>
        <source>It was really charged. Refund it on the terminal first.</source>
        <translation>Il a vraiment été débité. D’abord, le rembourser sur le terminal.</translation>
    </message>
    <message>
        <source>It is refunded</source>
        <translation>C’est remboursé</translation>
    </message>
    <message>
        <source>Give it back to the customer first.</source>
        <translation>D’abord, le rendre au client.</translation>
    </message>
    <message>
        <source>It is given back</source>
        <translation>C’est rendu</translation>
    </message>
    <message>
        <source>Keep this payment</source>
        <translation>Garder ce paiement</translation>
    </message>
    <message>
        <source>The basket is emptied, and nothing is sold. {give_back}</source>
        <translation>Le panier est vidé et rien n’est vendu. {give_back}</translation>
    </message>
    <message>
        <source>Abandon this sale?</source>
        <translation>Abandonner cette vente&#xa0;?</translation>
    </message>
    <message>
        <source>Keep the sale</source>
        <translation>Garder la vente</translation>
    </message>
    <message>
        <source>Abandon the sale</source>
        <translation>Abandonner la vente</translation>
    </message>
    <message>
        <source>Money was taken for a basket that is no longer there.</source>
        <translation>De l’argent a été encaissé pour un panier qui n’est plus là.</translation>
    </message>
    <message>
        <source>{payment} was not confirmed yet. Look at the terminal: if it was paid, refund it there.</source>
        <translation>{payment}&#xa0;: pas encore confirmé. Regarder le terminal&#xa0;: si c’est payé, y faire le remboursement.</translation>
    </message>
    <message>
        <source>{payment} was not confirmed yet. If it was taken, give it back.</source>
        <translation>{payment}&#xa0;: pas encore confirmé. Si c’est pris, le rendre.</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message>
        <source>Several items share {code}: touch the right one.</source>
        <translation>Plusieurs articles ont le code {code}&#xa0;: toucher le bon.</translation>
    </message>
    <message>
        <source>{article}: none left in stock. It is in the basket all the same.</source>
        <translation>{article}&#xa0;: stock à zéro. Ajouté quand même au panier.</translation>
    </message>
    <message>
        <source>Really {count} × {article}?</source>
        <translation>Vraiment {count} × {article}&#xa0;?</translation>
    </message>
    <message>
        <source>Add {count}</source>
        <translation>Ajouter {count}</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>none left</source>
        <translation>stock à zéro</translation>
    </message>
    <message>
        <source>only {count} left</source>
        <translation>reste {count} en stock</translation>
    </message>
    <message>
        <source>Undo: added</source>
        <translation>Annuler l’ajout&#xa0;:</translation>
    </message>
    <message>
        <source>Undo: removed</source>
        <translation>Annuler le retrait&#xa0;:</translation>
    </message>
    <message>
        <source>Receipt {number} waits: the printer does not print now.</source>
        <translation>Le ticket {number} attend&#xa0;: l’imprimante n’imprime pas pour le moment.</translation>
    </message>
    <message>
        <source>Receipt {number}, duplicate {copy}, waits: the printer does not print now.</source>
        <translation>Le ticket {number}, duplicata {copy}, attend&#xa0;: l’imprimante n’imprime pas pour le moment.</translation>
    </message>
    <message>
        <source>Received {amounts} · total {total}</source>
        <translation>Reçu {amounts} · total {total}</translation>
    </message>
    <message>
        <source>Receipt {number}</source>
        <translation>Ticket {number}</translation>
    </message>
    <message>
        <source>Only {size} MB left on the disk: make room before it is full.</source>
        <translation>Plus que {size}&#xa0;Mo sur le disque&#xa0;: libérer de la place avant qu’il soit plein.</translation>
    </message>
    <message>
        <source>Battery at {percent} %: plug the machine in.</source>
        <translation>Batterie à {percent}&#xa0;%&#xa0;: brancher la machine.</translation>
    </message>
    <message>
        <source>The machine&apos;s clock says {date}: set it, or receipts carry a wrong date.</source>
        <translation>L’horloge de la machine indique le {date}&#xa0;: la régler, sinon les tickets porteront une date fausse.</translation>
    </message>
    <message>
        <source>{amount} is still due.</source>
        <translation>Il reste {amount} à payer.</translation>
    </message>
    <message>
        <source>Only {due} is due: no change on cards or vouchers.</source>
        <translation>Il reste {due} à payer&#xa0;: on ne rend rien sur les cartes ni les bons.</translation>
    </message>
    <message>
        <source>The last scan was not taken: scan it once more.</source>
        <translation>Le dernier code n’a pas été pris&#xa0;: le scanner encore une fois.</translation>
    </message>
    <message>
        <source>Undo: changed</source>
        <translation>Annuler le changement&#xa0;:</translation>
    </message>
    <message>
        <source>{article}: a basket holds {count}. Not added: {missing}; sell them apart.</source>
        <translation>{article}&#xa0;: {count} au plus par panier. Non ajoutés&#xa0;: {missing}&#xa0;; les vendre à part.</translation>
    </message>
    <message>
        <source>{amount} too much: no change on cards or vouchers.</source>
        <translation>{amount} de trop&#xa0;: on ne rend rien sur les cartes ni les bons.</translation>
    </message>
    <message>
        <source>The law allows {limit} in cash at most; this would be {cash}. Use the card.</source>
        <translation>La loi limite les espèces à {limit}&#x202f;; ici, {cash}. Prendre la carte.</translation>
    </message>
    <message>
        <source>{article} has no VAT rate ({tax_class}): it cannot be sold. Tell the manager.</source>
        <translation>{article} n’a pas de taux de TVA ({tax_class})&#xa0;: vente impossible. Prévenir le responsable.</translation>
    </message>
    <message>
        <source>{article} has an impossible price or quantity: it cannot be sold.</source>
        <translation>{article} a un prix ou une quantité impossible&#xa0;: la vente est refusée.</translation>
    </message>
    <message>
        <source>This receipt is not of this till.</source>
        <translation>Ce ticket ne vient pas de cette caisse.</translation>
    </message>
    <message>
        <source>The sale did not bring in that much by {method}.</source>
        <translation>La vente n’a pas rapporté autant par ce moyen&#xa0;: {method}.</translation>
    </message>
    <message>
        <source>This till is not set up for selling: it can train only.</source>
        <translation>Cette caisse n’est pas configurée pour vendre&#xa0;: formation seulement.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing is lost: make room, then try again.</source>
        <translation>Le disque est plein. Rien n’est perdu&#xa0;: libérer de la place, puis réessayer.</translation>
    </message>
    <message>
        <source>The till may not write to its disk. Nothing is lost: call for help.</source>
        <translation>La caisse n’a pas le droit d’écrire sur le disque. Rien n’est perdu&#xa0;: appeler de l’aide.</translation>
    </message>
    <message>
        <source>The disk does not answer ({reason}). Nothing is lost: try again.</source>
        <translation>Le disque ne répond pas ({reason}). Rien n’est perdu&#xa0;: réessayer.</translation>
    </message>
    <message>
        <source>The till&apos;s file {name} is damaged. It was left as it is.</source>
        <translation>Le fichier {name} de la caisse est abîmé. Il a été laissé tel quel.</translation>
    </message>
    <message>
        <source>This till is open already in another window.</source>
        <translation>Cette caisse est déjà ouverte dans une autre fenêtre.</translation>
    </message>
    <message>
        <source>The printer is off.</source>
        <translation>Imprimante éteinte.</translation>
    </message>
    <message>
        <source>The printer does not answer.</source>
        <translation>L’imprimante ne répond pas.</translation>
    </message>
    <message>
        <source>The printer cannot be found.</source>
        <translation>Imprimante introuvable.</translation>
    </message>
    <message>
        <source>Too many receipts are waiting.</source>
        <translation>Trop de tickets en attente.</translation>
    </message>
    <message>
        <source>The printer stopped in mid-receipt.</source>
        <translation>Imprimante arrêtée en plein ticket.</translation>
    </message>
    <message>
        <source>The printer has no paper.</source>
        <translation>Plus de papier dans l’imprimante.</translation>
    </message>
    <message>
        <source>The printer&apos;s cover is open.</source>
        <translation>Capot de l’imprimante ouvert.</translation>
    </message>
    <message>
        <source>The printer is offline.</source>
        <translation>Imprimante hors ligne.</translation>
    </message>
    <message>
        <source>The printer does not print.</source>
        <translation>L’imprimante n’imprime pas.</translation>
    </message>
    <message>
        <source>A newer version of Échoppe wrote this till. Update the program on this machine.</source>
        <translation>Une version plus récente d’Échoppe a écrit cette caisse. Mettre à jour le programme sur cette machine.</translation>
    </message>
    <message>
        <source>Entry {number} of the till&apos;s journal is not as it was written.</source>
        <translation>L’écriture {number} du journal de caisse n’est plus telle qu’elle a été écrite.</translation>
    </message>
    <message>
        <source>Another journal is in place of the till&apos;s last one: it has number {found}, number {kept} was kept here.</source>
        <translation>Un autre journal a pris la place du dernier de la caisse&#xa0;: il porte le numéro {found}, le numéro {kept} a été tenu ici.</translation>
    </message>
    <message>
        <source>The till&apos;s journal, number {kept}, is not in its folder any more: entry {seen} was seen here.</source>
        <translation>Le journal de la caisse, numéro {kept}, n’est plus dans son dossier&#xa0;: l’écriture {seen} a été vue ici.</translation>
    </message>
    <message>
        <source>Somebody put an older copy of the till&apos;s file in place: it ends at entry {found}, entry {seen} was seen here.</source>
        <translation>Le fichier de la caisse a été remplacé par une copie plus ancienne&#xa0;: elle s’arrête à l’écriture {found}, mais l’écriture {seen} a été vue ici.</translation>
    </message>
    <message>
        <source>This machine does not hold the till&apos;s key: the till belongs to another one.</source>
        <translation>La clé de la caisse n’est pas sur cette machine&#xa0;: la caisse appartient à une autre.</translation>
    </message>
    <message>
        <source>{file} has wrong fields: {fields}.</source>
        <translation>Champs incorrects dans {file}&#xa0;: {fields}.</translation>
    </message>
    <message>
        <source>What this till remembers of its hub cannot be read ({file}). It sells on; let it join the hub again, so that its sales are sent.</source>
        <translation>Ce que cette caisse sait de son hub est illisible ({file}). Elle continue de vendre&#xa0;; la raccorder de nouveau au hub pour que ses ventes soient envoyées.</translation>
    </message>
    <message>
        <source>The till could not make sure that nothing is missing at the end of its journal. It is on record; tell the manager.</source>
        <translation>La caisse n’a pas pu s’assurer que rien ne manque à la fin de son journal. C’est enregistré&#xa0;; prévenir le responsable.</translation>
    </message>
    <message>
        <source>The till could not make sure that this is its newest journal. It is on record; tell the manager.</source>
        <translation>La caisse n’a pas pu s’assurer que ce journal est son plus récent. C’est enregistré&#xa0;; prévenir le responsable.</translation>
    </message>
    <message>
        <source>Since the till was last used, the clock jumped from {before} to {now}. It is on record; check the clock.</source>
        <translation>Depuis la dernière utilisation de la caisse, l’horloge est passée du {before} au {now}. C’est enregistré&#xa0;; vérifier l’horloge.</translation>
    </message>
    <message>
        <source>Authorisation number (optional)</source>
        <translation>Numéro d’autorisation (facultatif)</translation>
    </message>
    <message>
        <source>Number of the voucher (optional)</source>
        <translation>Numéro du bon (facultatif)</translation>
    </message>
    <message>
        <source>Note (optional)</source>
        <translation>Remarque (facultative)</translation>
    </message>
    <message>
        <source>{method} · {amount}</source>
        <translation>{method} · {amount}</translation>
    </message>
    <message>
        <source>{amount} is more than is due: no change on cards or vouchers.</source>
        <translation>{amount}, c’est plus que le reste à payer&#xa0;: on ne rend rien sur les cartes ni les bons.</translation>
    </message>
    <message>
        <source>{due} is due.</source>
        <translation>Reste à payer&#xa0;: {due}.</translation>
    </message>
    <message>
        <source>Type another amount</source>
        <translation>Taper un autre montant</translation>
    </message>
    <message>
        <source>Take {amount} ({method})</source>
        <translation>Prendre {amount} ({method})</translation>
    </message>
    <message>
        <source>The till stopped here. Look at the terminal: was it already accepted?</source>
        <translation>La caisse s’est arrêtée ici. Regarder le terminal&#xa0;: le paiement était-il déjà accepté&#xa0;?</translation>
    </message>
    <message>
        <source>The till stopped here. Was it already taken?</source>
        <translation>La caisse s’est arrêtée ici. Était-ce déjà encaissé&#xa0;?</translation>
    </message>
    <message>
        <source>The till had stopped. What was paid already is kept: {amounts}.</source>
        <translation>La caisse s’était arrêtée. Ce qui est déjà payé est conservé&#xa0;: {amounts}.</translation>
    </message>
    <message>
        <source>Money was taken for a basket, but the note of it cannot be read. Look at the terminal and ask the customer.</source>
        <translation>De l’argent a été encaissé pour un panier, mais la note en est illisible. Regarder le terminal et demander au client.</translation>
    </message>
    <message>
        <source>The disk does not say yet what was taken before the till stopped. Until it does, no payment can begin. The till asks again by itself.</source>
        <translation>Le disque ne dit pas encore ce qui a été encaissé avant l’arrêt de la caisse. D’ici là, aucun paiement ne peut commencer. La caisse redemande d’elle-même.</translation>
    </message>
    <message>
        <source>No payment yet: perhaps this basket is paid already. The till is asking the disk.</source>
        <translation>Pas encore de paiement&#xa0;: ce panier est peut-être déjà payé. La caisse interroge le disque.</translation>
    </message>
    <message>
        <source>Paid {amounts} for {total}: add an article, or refund it on the terminal, then touch × {method}.</source>
        <translation>Payé {amounts} pour {total}&#xa0;: ajouter un article, ou rembourser sur le terminal puis toucher ×&#xa0;{method}.</translation>
    </message>
    <message>
        <source>Paid {amounts} for {total}: add an article, or give it back, then touch × {method}.</source>
        <translation>Payé {amounts} pour {total}&#xa0;: ajouter un article, ou le rendre puis toucher ×&#xa0;{method}.</translation>
    </message>
    <message>
        <source>{file} has wrong fields: {fields}. The till uses the usual settings instead.</source>
        <translation>Champs incorrects dans {file}&#xa0;: {fields}. La caisse utilise les réglages habituels.</translation>
    </message>
    <message>
        <source>Line {line} of {file} is not written as it must be. The till uses the usual settings instead.</source>
        <translation>La ligne {line} de {file} est mal écrite. La caisse utilise les réglages habituels.</translation>
    </message>
    <message>
        <source>{file} cannot be read. The till uses the usual settings instead.</source>
        <translation>{file} est illisible. La caisse utilise les réglages habituels.</translation>
    </message>
    <message>
        <source>The old settings file is kept as {file}. The till uses what is chosen here.</source>
        <translation>L’ancien fichier de réglages est conservé sous le nom {file}. La caisse utilise ce qui est choisi ici.</translation>
    </message>
    <message>
        <source>The page opens beside the till. Else ask the stand&apos;s manager for it on paper.</source>
        <translation>La page s’ouvre à côté de la caisse. Sinon, la demander sur papier au responsable du stand.</translation>
    </message>
    <message>
        <source>This till cannot show the page: ask the stand&apos;s manager for it on paper.</source>
        <translation>Impossible d’afficher la page ici&#xa0;: la demander sur papier au responsable du stand.</translation>
    </message>
    <message>
        <source>This hub&apos;s code was not read whole: scan it once more, or type it.</source>
        <translation>Le code de ce hub n’a pas été lu en entier&#xa0;: le scanner encore une fois, ou le saisir.</translation>
    </message>
    <message>
        <source>This is no code of a hub. Scan the one on the hub&apos;s page.</source>
        <translation>Ce n’est pas le code d’un hub. Scanner celui de la page du hub.</translation>
    </message>
    <message>
        <source>Press “Join this hub” to go on. From then on products and prices come from head office.</source>
        <translation>Pour continuer, toucher «&#xa0;Rejoindre ce hub&#xa0;». Articles et prix viennent ensuite du siège.</translation>
    </message>
    <message>
        <source>Type the hub&apos;s address as its page shows it, such as {example}.</source>
        <translation>Saisir l’adresse du hub comme sur sa page, par exemple {example}.</translation>
    </message>
    <message>
        <source>The code has twelve letters and digits: XXXX-XXXX-XXXX.</source>
        <translation>Le code a douze lettres et chiffres&#xa0;: XXXX-XXXX-XXXX.</translation>
    </message>
    <message>
        <source>Asking the hub {host} …</source>
        <translation>Demande au hub {host}&#xa0;…</translation>
    </message>
    <message>
        <source>Asking the hub …</source>
        <translation>Demande au hub&#xa0;…</translation>
    </message>
    <message>
        <source>The hub knows this till. Opening it …</source>
        <translation>Le hub connaît cette caisse. Ouverture&#xa0;…</translation>
    </message>
    <message>
        <source>This till belongs to the hub now.</source>
        <translation>Cette caisse dépend maintenant du hub.</translation>
    </message>
    <message>
        <source>This till belongs to {organisation} already: the code was left unused.</source>
        <translation>Cette caisse dépend déjà de {organisation}&#xa0;: le code n’a pas été utilisé.</translation>
    </message>
    <message>
        <source>This is a hub&apos;s code. To join it, open the settings (F10) and scan it there.</source>
        <translation>C’est le code d’un hub. Pour le rejoindre, ouvrir les réglages (F10) et l’y scanner.</translation>
    </message>
    <message>
        <source>The code has expired: codes live for 30 minutes. Ask for a new one.</source>
        <translation>Le code a expiré&#xa0;: un code vit 30 minutes. En demander un nouveau.</translation>
    </message>
    <message>
        <source>Another till has used this code: each till needs its own.</source>
        <translation>Une autre caisse a utilisé ce code&#xa0;: chaque caisse a besoin du sien.</translation>
    </message>
    <message>
        <source>Code and hub do not fit: a sign was mistyped, or somebody else answers. Ask for a new code.</source>
        <translation>Le code et le hub ne vont pas ensemble&#xa0;: un signe est faux, ou un autre répond. Demander un nouveau code.</translation>
    </message>
    <message>
        <source>The stand of this code is closed: ask for a code of another one.</source>
        <translation>Le stand de ce code est fermé&#xa0;: demander un code pour un autre stand.</translation>
    </message>
    <message>
        <source>This till sells for another company or in another country than the hub.</source>
        <translation>Cette caisse vend pour une autre entreprise ou dans un autre pays que le hub.</translation>
    </message>
    <message>
        <source>This hub trains and this till sells, or the other way round: they stay apart.</source>
        <translation>Ce hub sert à la formation et cette caisse à la vente, ou l’inverse&#xa0;: ils restent séparés.</translation>
    </message>
    <message>
        <source>This machine has a till for training already: open it with “Training only”, and join in the settings (F10).</source>
        <translation>Cette machine a déjà une caisse de formation&#xa0;: l’ouvrir par «&#xa0;Formation seulement&#xa0;», puis rejoindre le hub dans les réglages (F10).</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>{count} s ago</source>
        <translation>il y a {count}&#xa0;s</translation>
    </message>
    <message>
        <source>{count} min ago</source>
        <translation>il y a {count}&#xa0;min</translation>
    </message>
    <message>
        <source>{count} h ago</source>
        <translation>il y a {count}&#xa0;h</translation>
    </message>
    <message>
        <source>Two journals</source>
        <translation>Deux journaux</translation>
    </message>
    <message>
        <source>Till revoked</source>
        <translation>Caisse révoquée</translation>
    </message>
    <message>
        <source>Hub: see why</source>
        <translation>Hub&#xa0;: voir</translation>
    </message>
    <message>
        <source>Catalogue …</source>
        <translation>Catalogue&#xa0;…</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>Envoi&#xa0;…</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>All sent</source>
        <translation>Tout est envoyé</translation>
    </message>
    <message>
        <source>All sent, {age}</source>
        <translation>Tout est envoyé, {age}</translation>
    </message>
    <message>
        <source>Sending {amount} …</source>
        <translation>Envoi de {amount}&#xa0;…</translation>
    </message>
    <message>
        <source>no contact yet</source>
        <translation>pas encore de contact</translation>
    </message>
    <message>
        <source>last contact {time}</source>
        <translation>dernier contact {time}</translation>
    </message>
    <message>
        <source>No contact</source>
        <translation>Sans contact</translation>
    </message>
    <message>
        <source>All sent, {since}</source>
        <translation>Tout est envoyé, {since}</translation>
    </message>
    <message>
        <source>Hub: {since}</source>
        <translation>Hub&#xa0;: {since}</translation>
    </message>
    <message>
        <source>{what} only on this till, {since}</source>
        <translation>{what} seulement sur cette caisse, {since}</translation>
    </message>
    <message>
        <source>{amount} here</source>
        <translation>{amount} ici</translation>
    </message>
    <message>
        <source>{why} {what} only on this till.</source>
        <translation>{why} {what} seulement sur cette caisse.</translation>
    </message>
    <message>
        <source>The catalogue is arriving from the hub …</source>
        <translation>Le catalogue arrive du hub&#xa0;…</translation>
    </message>
    <message>
        <source>{products}, still arriving …</source>
        <translation>{products}, d’autres arrivent&#xa0;…</translation>
    </message>
    <message>
        <source>No items yet: the hub sends them to this stand.</source>
        <translation>Pas encore d’articles&#xa0;: le hub les envoie à ce stand.</translation>
    </message>
    <message numerus="yes">
        <source>%n journal entry(ies)</source>
        <translation>
            <numerusform>%n écriture</numerusform>
            <numerusform>%n écritures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sale(s)</source>
        <translation>
            <numerusform>%n vente</numerusform>
            <numerusform>%n ventes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} product(s)</source>
        <translation>
            <numerusform>{count} article</numerusform>
            <numerusform>{count} articles</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing: the hub has everything.</source>
        <translation>Rien&#xa0;: le hub a tout.</translation>
    </message>
    <message>
        <source>No other till at this stand.</source>
        <translation>Pas d’autre caisse à ce stand.</translation>
    </message>
    <message>
        <source>till {number}, {seen}</source>
        <translation>caisse {number}, {seen}</translation>
    </message>
    <message>
        <source>not heard of yet</source>
        <translation>pas encore entendue</translation>
    </message>
    <message>
        <source>No contact yet.</source>
        <translation>Pas encore de contact.</translation>
    </message>
    <message>
        <source>Last contact {time}.</source>
        <translation>Dernier contact {time}.</translation>
    </message>
    <message>
        <source>Last contact {time}, {age}.</source>
        <translation>Dernier contact {time}, {age}.</translation>
    </message>
    <message>
        <source>{behind} changes still to come (at {position}).</source>
        <translation>Encore {behind} changements à venir (au {position}).</translation>
    </message>
    <message>
        <source>Up to date (change {position}).</source>
        <translation>À jour (changement {position}).</translation>
    </message>
    <message numerus="yes">
        <source>The hub keeps %n entry(ies) of this till apart, with the reason. Nothing is lost; head office sees them on the hub&apos;s page.</source>
        <translation>
            <numerusform>Le hub garde à part %n écriture de cette caisse, avec la raison. Rien n’est perdu&#xa0;; le siège la voit sur la page du hub.</numerusform>
            <numerusform>Le hub garde à part %n écritures de cette caisse, avec la raison. Rien n’est perdu&#xa0;; le siège les voit sur la page du hub.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Head office has not said yet which of its items %n item(s) of this till are: “Which product is this?” on the hub&apos;s page. Until then their stock counts apart.</source>
        <translation>
            <numerusform>Le siège n’a pas encore dit auquel de ses articles correspond %n article de cette caisse&#xa0;: «&#xa0;Quel est ce produit&#xa0;?&#xa0;» sur la page du hub. D’ici là, son stock compte à part.</numerusform>
            <numerusform>Le siège n’a pas encore dit auxquels de ses articles correspondent %n articles de cette caisse&#xa0;: «&#xa0;Quel est ce produit&#xa0;?&#xa0;» sur la page du hub. D’ici là, leur stock compte à part.</numerusform>
        </translation>
    </message>
    <message>
        <source>The hub has another continuation of this till&apos;s journal.</source>
        <translation>Le hub a une autre suite du journal de cette caisse.</translation>
    </message>
    <message>
        <source>From entry {number} on, somebody sold with a copy of this till, or an old copy was put back. All of it is kept at the hub. Tell the manager: this till goes on with a new journal that names the old one.</source>
        <translation>À partir de l’écriture {number}, quelqu’un a vendu avec une copie de cette caisse, ou une ancienne copie a été remise. Le hub garde tout. Prévenir le responsable&#xa0;: cette caisse continue avec un nouveau journal qui nomme l’ancien.</translation>
    </message>
    <message>
        <source>The old file stays untouched in the folder “set-aside”. Basket, catalogue and stock come along. Receipt numbers begin a new series that names the old one.</source>
        <translation>L’ancien fichier reste intact dans le dossier «&#xa0;set-aside&#xa0;». Panier, catalogue et stock suivent. Les numéros de ticket commencent une nouvelle série qui nomme l’ancienne.</translation>
    </message>
    <message>
        <source>Selling goes on, and all of it stays on this machine. If this till was not lost, ask head office for a new code and join again.</source>
        <translation>La vente continue, et tout reste sur cette machine. Si cette caisse n’était pas perdue, demander un nouveau code au siège et rejoindre le hub encore une fois.</translation>
    </message>
    <message>
        <source>Not sent to the hub yet: {what}. It is safe on this till; close once more to leave.</source>
        <translation>Pas encore envoyé au hub&#xa0;: {what}. C’est en sûreté sur cette caisse&#xa0;; fermer encore une fois pour quitter.</translation>
    </message>
    <message>
        <source>The hub did not answer as it should.</source>
        <translation>Le hub n’a pas répondu comme il faut.</translation>
    </message>
    <message>
        <source>The hub cannot be reached: look at the network and the hub&apos;s machine.</source>
        <translation>Hub injoignable&#xa0;: regarder le réseau et la machine du hub.</translation>
    </message>
    <message>
        <source>Another page answers instead of the hub: log this machine into the network first.</source>
        <translation>Une autre page répond à la place du hub&#xa0;: d’abord, connecter cette machine au réseau.</translation>
    </message>
    <message>
        <source>Whoever answers is not the hub that this till knows. Nothing was sent. Tell head office.</source>
        <translation>Celui qui répond n’est pas le hub que cette caisse connaît. Rien n’a été envoyé. Prévenir le siège.</translation>
    </message>
    <message>
        <source>This hub belongs to another organisation. Nothing was sent.</source>
        <translation>Ce hub est celui d’une autre organisation. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>This machine&apos;s clock differs too much from the hub&apos;s: set date and time.</source>
        <translation>L’horloge de cette machine diffère trop de celle du hub&#xa0;: régler la date et l’heure.</translation>
    </message>
    <message>
        <source>Head office has revoked this till at the hub.</source>
        <translation>Le siège a révoqué cette caisse sur le hub.</translation>
    </message>
    <message>
        <source>Something on the way cuts the connection to the hub. The till tries again.</source>
        <translation>Quelque chose en chemin coupe la connexion au hub. La caisse réessaie.</translation>
    </message>
    <message>
        <source>An entry is too large for the hub. Nothing is lost; call for help.</source>
        <translation>Une écriture est trop grande pour le hub. Rien n’est perdu&#xa0;; appeler de l’aide.</translation>
    </message>
    <message>
        <source>Hub and till do not understand each other: update the program on the older of the two.</source>
        <translation>Le hub et la caisse ne se comprennent pas&#xa0;: mettre à jour le programme le plus ancien des deux.</translation>
    </message>
    <message>
        <source>The hub does not know this till any more: ask head office for a new code.</source>
        <translation>Le hub ne connaît plus cette caisse&#xa0;: demander un nouveau code au siège.</translation>
    </message>
    <message>
        <source>The hub says what cannot be. Nothing is lost; call for help.</source>
        <translation>Le hub dit ce qui ne peut pas être. Rien n’est perdu&#xa0;; appeler de l’aide.</translation>
    </message>
    <message>
        <source>The hub cannot work at the moment. The till tries again by itself.</source>
        <translation>Le hub ne peut pas travailler pour le moment. La caisse réessaie d’elle-même.</translation>
    </message>
    <message>
        <source>This till&apos;s disk keeps what the hub sends from being written.</source>
        <translation>Le disque de cette caisse empêche d’écrire ce que le hub envoie.</translation>
    </message>
    <message>
        <source>A mistake in the program disturbs the sync. Selling goes on; call for help.</source>
        <translation>Une erreur du programme gêne la synchronisation. La vente continue&#xa0;; appeler de l’aide.</translation>
    </message>
    <message>
        <source>till {number}</source>
        <translation>caisse {number}</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Formation</translation>
    </message>
    <message>
        <source>TRAINING: nothing here is a real sale.</source>
        <translation>FORMATION&#xa0;: rien ici n’est une vraie vente.</translation>
    </message>
    <message>
        <source>{stand} has {count}</source>
        <translation>{stand} en a {count}</translation>
    </message>
    <message>
        <source>{stand} has {count}, {age}</source>
        <translation>{stand} en a {count}, {age}</translation>
    </message>
</context>
</TS>
