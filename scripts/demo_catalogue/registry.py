"""Every thing and every art by the name the designs use."""

from __future__ import annotations

from scripts.demo_catalogue.arts import (
    chevreuils,
    fjoldrak,
    gadoue,
    goeland,
    mirlifleur,
    paprika,
    pieuvrelle,
    tazeriwa,
    ventaraille,
    vesperine,
    zibeluche,
)
from scripts.demo_catalogue.look import Art, Thing
from scripts.demo_catalogue.things import accessories, garments, keepsakes, paper, records

THINGS: dict[str, Thing] = {
    thing.__name__: thing
    for thing in (
        garments.tshirt,
        garments.tshirt_back,
        garments.kids_tshirt,
        garments.longsleeve,
        garments.tank_top,
        garments.hoodie,
        garments.zip_hoodie,
        records.vinyl,
        records.compact_disc,
        records.cassette,
        paper.book,
        paper.poster,
        accessories.cap,
        accessories.beanie,
        accessories.tote,
        accessories.bandana,
        accessories.socks,
        keepsakes.mug,
        keepsakes.cup,
        keepsakes.patch,
        keepsakes.shield_patch,
        keepsakes.back_patch,
        keepsakes.pins,
    )
}

ARTS: dict[str, Art] = {
    art.__name__: art
    for art in (
        ventaraille.windmill,
        ventaraille.little_windmill,
        ventaraille.cheerful_windmill,
        ventaraille.playing,
        ventaraille.gusts,
        ventaraille.hills,
        ventaraille.eighteen,
        ventaraille.badge,
        ventaraille.capital,
        vesperine.moth,
        vesperine.moons,
        vesperine.lamp,
        vesperine.phalene,
        chevreuils.stag,
        chevreuils.magnet,
        chevreuils.wood,
        chevreuils.crest,
        fjoldrak.ram,
        fjoldrak.fell,
        fjoldrak.winters,
        fjoldrak.horns,
        fjoldrak.rune,
        paprika.sun,
        paprika.arches,
        paprika.scorching,
        paprika.kiddo,
        gadoue.boot,
        gadoue.chequers,
        gadoue.everybody,
        gadoue.ball,
        gadoue.royal,
        goeland.sunset,
        goeland.visor,
        goeland.ferry,
        goeland.horizon,
        zibeluche.trumpet,
        zibeluche.bandstand,
        zibeluche.staves,
        zibeluche.cornet,
        pieuvrelle.octopus,
        pieuvrelle.baby,
        pieuvrelle.abyss,
        tazeriwa.dunes,
        tazeriwa.blanket,
        tazeriwa.well,
        mirlifleur.bass,
        mirlifleur.cutouts,
        mirlifleur.gaze,
        mirlifleur.notebook,
    )
}
