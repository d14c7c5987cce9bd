<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>SiblingKey</name>
    <message numerus="yes">
        <source>Change to {size}, %n left</source>
        <translation>
            <numerusform>Change to {size}, %n left</numerusform>
            <numerusform>Change to {size}, %n left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SizeKey</name>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>%n left</numerusform>
            <numerusform>%n left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n product</numerusform>
            <numerusform>%n products</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n size(s)</source>
        <translation>
            <numerusform>%n size</numerusform>
            <numerusform>%n sizes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bad row(s): correct the file first</source>
        <translation>
            <numerusform>%n bad row: correct the file first</numerusform>
            <numerusform>%n bad rows: correct the file first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n character</numerusform>
            <numerusform>%n characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n journal entry(ies)</source>
        <translation>
            <numerusform>%n journal entry</numerusform>
            <numerusform>%n journal entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sale(s)</source>
        <translation>
            <numerusform>%n sale</numerusform>
            <numerusform>%n sales</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} product(s)</source>
        <translation>
            <numerusform>{count} product</numerusform>
            <numerusform>{count} products</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The hub keeps %n entry(ies) of this till apart, with the reason. Nothing is lost; head office sees them on the hub&apos;s page.</source>
        <translation>
            <numerusform>The hub keeps %n entry of this till apart, with the reason. Nothing is lost; head office sees it on the hub&apos;s page.</numerusform>
            <numerusform>The hub keeps %n entries of this till apart, with the reason. Nothing is lost; head office sees them on the hub&apos;s page.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Head office has not said yet which of its items %n item(s) of this till are: “Which product is this?” on the hub&apos;s page. Until then their stock counts apart.</source>
        <translation>
            <numerusform>Head office has not said yet which of its items %n item of this till is: “Which product is this?” on the hub&apos;s page. Until then its stock counts apart.</numerusform>
            <numerusform>Head office has not said yet which of its items %n items of this till are: “Which product is this?” on the hub&apos;s page. Until then their stock counts apart.</numerusform>
        </translation>
    </message>
</context>
</TS>
