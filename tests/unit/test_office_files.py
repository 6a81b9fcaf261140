"""The 89 offices of `data/offices/`: none is lost, and what people read about them is German. Removing an office means removing its line here."""

from __future__ import annotations

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.places import fold

OFFICES = """
anerkennung-in-deutschland aqb-frankfurt-berami aqb-hessen-weitere aqb-mittelhessen-marburg aqb-suedhessen aqb-wiesbaden-stadt architektenkammer-hessen
ba-bad-hersfeld-fulda ba-bad-homburg ba-darmstadt ba-frankfurt ba-giessen ba-hanau ba-kassel ba-korbach ba-limburg-wetzlar ba-marburg ba-offenbach ba-wiesbaden
berami-sprachkurse berufsbezogenes-deutsch-servicestelle bildungspunkt-werra-meissner faire-integration-frankfurt faire-integration-kassel
hlfgp-approbation hlfgp-gesundheitsfachberufe hlfgp-pflege hotline-alid hs-rheinmain-anerkennungsstelle hwk-frankfurt-rhein-main hwk-kassel hwk-wiesbaden ib-wetzlar-migrationsberatung
ihk-darmstadt ihk-fosa ihk-frankfurt ihk-fulda ihk-giessen-friedberg ihk-hanau ihk-kassel-marburg ihk-lahn-dill ihk-limburg ihk-offenbach ihk-wiesbaden ingenieurkammer-hessen
iq-baden-wuerttemberg iq-bayern iq-berlin iq-brandenburg iq-bremen iq-existenzgruendung iq-hamburg iq-hessen-koordination iq-mecklenburg-vorpommern iq-niedersachsen
iq-nordrhein-westfalen iq-rheinland-pfalz iq-saarland iq-sachsen iq-sachsen-anhalt iq-schleswig-holstein iq-thueringen iq-webapp
jumpp-frankfurt kmu-mittelhessen kmu-nordhessen-vsb kmu-suedhessen landesaerztekammer-hessen landesapothekerkammer-hessen landeszahnaerztekammer-hessen lehrkraefteakademie lwk-niedersachsen
maia-berlin next-level-felsberg pqz-hessen qb-paedagogik-berami qb-pflege-involas qualifi-hessen rp-darmstadt-pflege-frueher rp-giessen-verwaltungsberufe
schulung-auslaenderbehoerden ssa-darmstadt-anerkennungsstelle step-on-fresko unternehmen-berufsanerkennung welcomecenter-hessen welcomecenter-mittelhessen welcomecenter-nordhessen zab zsba
""".split()
ENGLISH = frozenset("the and of for with office before since only not former advice by".split())


@pytest.mark.parametrize("office", OFFICES)
def test_office_is_there(knowledge: Knowledge, office: str) -> None:
    assert office in knowledge.offices


def test_89_offices_are_tested() -> None:
    assert len(set(OFFICES)) == len(OFFICES) == 89


def test_what_people_read_is_german(knowledge: Knowledge) -> None:
    texts = [t for o in knowledge.offices.values() for t in (o.name, o.traeger, o.hinweis, o.sprechzeiten, *(f"{d.ort} {d.rhythmus}" for d in o.sprechtage))]
    texts += [t for a in knowledge.angebote.values() for t in (a.titel, a.zweck, *a.warum.values(), *a.mitbringen)]
    assert not [text for text in texts if ENGLISH & set(fold(text).split()) and "Sciences" not in text]


def test_every_kind_of_offer_has_an_office(knowledge: Knowledge) -> None:
    assert {o.angebot for o in knowledge.offices.values()} == set(knowledge.angebote)


def test_every_office_for_hessen_that_may_be_shown_is_in_the_table(knowledge: Knowledge, day) -> None:
    """But for two kinds: authorities whose competence is not confirmed, and advice that nobody offers at the moment."""
    named = {offer for need in knowledge.needs.values() for rows in (need.gruppen, need.arbeitgeber) for offers in rows.values() for offer in offers}
    shown = {o.angebot for o in knowledge.offices.values() if o.is_offered(day) and ({"Hessen", "bundesweit"} | set(knowledge.places.kreise)) & set(o.zustaendig_fuer)}
    assert shown - named == {"stelle-mfa", "stelle-zfa"}


def test_former_names_are_not_names_of_today(knowledge: Knowledge, day) -> None:
    today = {fold(o.name) for o in knowledge.offices.values() if o.is_offered(day)}
    assert not [name for o in knowledge.offices.values() for name in o.frueher if fold(name) in today]
