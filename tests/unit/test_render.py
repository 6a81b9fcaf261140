"""FAQ record → message: text levels, source line, buttons, warnings and the data for the website."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.fixed import render_text
from bot.knowledge.render import ADVICE, CLEARER, EASIER, MORE, aspect_target, render_faq, render_offer, source_line
from bot.knowledge.themen import DEFAULT

FAQS = sorted(path.stem for path in (DATA / "faq").glob("*.yml"))


@pytest.fixture(scope="module")
def faq(knowledge: Knowledge):
    """Returns an FAQ with a law, details and related questions."""
    return next(f for f in knowledge.faqs.values() if f.mehr and f.rechtsgrundlagen and f.verwandt and not f.beratung_anbieten)


@pytest.mark.parametrize("faq_id", FAQS)
def test_every_faq_is_rendered_without_leftovers(knowledge: Knowledge, day, faq_id: str) -> None:
    for stufe in ("klar", "einfach", "mehr"):
        reply = render_faq(knowledge, knowledge.faqs[faq_id], stufe, day)
        assert not {"{", "}"} & set(reply.text)
        assert "nicht bekannt)" not in reply.text
        assert "Quelle: " in reply.text
        assert "Stand: " in reply.text
        assert all(button.title and button.payload for button in reply.buttons)


@pytest.mark.parametrize(("stufe", "field"), [("klar", "antwort"), ("einfach", "antwort_einfach"), ("mehr", "mehr")])
def test_level_chooses_the_text(knowledge: Knowledge, faq, day, stufe: str, field: str) -> None:
    marked = replace(faq, **{field: "Genau dieser Text."})
    assert render_faq(knowledge, marked, stufe, day).text.startswith("Genau dieser Text.\n\n")


def test_details_fall_back_to_the_answer(knowledge: Knowledge, faq, day) -> None:
    assert render_faq(knowledge, replace(faq, mehr="", antwort="Kurz."), "mehr", day).text.startswith("Kurz.")


def test_source_line_names_law_source_and_date(faq) -> None:
    known = replace(faq, stand=dt.date(2026, 8, 19), rechtsgrundlagen=faq.rechtsgrundlagen[:1], quellen=faq.quellen[:1])
    title = "Gesetze im Internet" if faq.quellen[0].titel.startswith("Gesetze im Internet") else faq.quellen[0].titel
    assert source_line(known) == f"Rechtsgrundlage: {faq.rechtsgrundlagen[0].norm}. Quelle: {title}. Stand: 19.08.2026."


def test_source_line_without_law_starts_with_the_source(faq) -> None:
    assert source_line(replace(faq, rechtsgrundlagen=())).startswith("Quelle: ")


def test_overdue_answer_warns_with_the_date(knowledge: Knowledge, faq) -> None:
    late = faq.pruefen_bis + dt.timedelta(days=1)
    assert f"sollte bis {faq.pruefen_bis:%d.%m.%Y} neu geprüft werden" in render_faq(knowledge, faq, "klar", late).text
    assert "neu geprüft" not in render_faq(knowledge, faq, "klar", faq.pruefen_bis).text


@pytest.mark.parametrize(("stufe", "first"), [("klar", (MORE, EASIER)), ("einfach", (MORE, CLEARER)), ("mehr", (EASIER,))])
def test_buttons_offer_the_other_levels(knowledge: Knowledge, faq, day, stufe: str, first) -> None:
    assert render_faq(knowledge, faq, stufe, day).buttons[: len(first)] == first


def test_advice_is_offered_when_the_record_says_so(knowledge: Knowledge, faq, day) -> None:
    assert ADVICE in render_faq(knowledge, replace(faq, beratung_anbieten=True), "klar", day).buttons
    assert ADVICE not in render_faq(knowledge, faq, "klar", day).buttons


def test_related_buttons_send_the_question_of_the_other_faq(knowledge: Knowledge, faq, day) -> None:
    other = knowledge.faqs[faq.verwandt[0]]
    assert (other.kurz, other.frage) in [(b.title, b.payload) for b in render_faq(knowledge, faq, "klar", day).buttons]


def test_custom_data_carries_what_the_website_shows(knowledge: Knowledge, faq, day) -> None:
    custom = render_faq(knowledge, faq, "klar", day, anchor="anabin").custom
    assert (custom["faq"], custom["anker"], custom["stufe"], custom["stand"]) == (faq.id, "anabin", "klar", faq.stand.isoformat())
    assert [q["url"] for q in custom["quellen"]] == [q.url for q in faq.quellen]


def test_foreign_lines_stand_around_the_german_answer(knowledge: Knowledge, faq, day) -> None:
    sprache = knowledge.sprachen["uk"]
    text = render_faq(knowledge, replace(faq, antwort_einfach="Kern."), "einfach", day, sprache=sprache).text
    assert text.startswith(f"{sprache.zeilen['einleitung']}\n\nKern.\n\n")
    assert text.endswith(sprache.zeilen["beratung"])
    assert text.count(urlsplit(sprache.link).netloc.removeprefix("www.")) == 1  # named once, as a link


def test_lead_goes_before_the_answer(knowledge: Knowledge, faq, day) -> None:
    assert render_faq(knowledge, faq, "klar", day, lead="Für Ihren Beruf:").text.startswith("Für Ihren Beruf:\n\n")


def test_follow_up_goes_to_the_faqs_own_target_first(knowledge: Knowledge, faq) -> None:
    assert aspect_target(knowledge, replace(faq, aspekte={"kosten": "anabin"}), "kosten").id == "anabin"


def test_follow_up_falls_back_to_topic_and_then_to_all(knowledge: Knowledge, faq) -> None:
    general = knowledge.themen[DEFAULT].aspekte
    topic = next(t for t in knowledge.themen.values() if t.id != DEFAULT and "kosten" in t.aspekte)
    assert aspect_target(knowledge, replace(faq, thema=topic.id, aspekte={}), "kosten").id == topic.aspekte["kosten"]
    assert aspect_target(knowledge, replace(faq, thema="kosten", aspekte={}), "dauer").id == general["dauer"]
    assert aspect_target(knowledge, None, "kosten").id == general["kosten"]


def test_offer_lists_the_questions_and_a_human(knowledge: Knowledge) -> None:
    reply = render_offer(knowledge, ["anabin", "aqb"], False, None)
    assert [b.payload for b in reply.buttons[:2]] == [knowledge.faqs[i].frage for i in ("anabin", "aqb")]
    assert "Menschen" in reply.buttons[2].title
    assert f"- {knowledge.faqs['aqb'].kurz}" in reply.text


def test_offer_without_a_guess_asks_for_other_words(knowledge: Knowledge) -> None:
    assert render_offer(knowledge, [], False, None).text == knowledge.texte["unsicher_ohne"].text


@pytest.mark.parametrize("name", ["zu_lang", "mensch", "ort_mehrdeutig"])
def test_fixed_text_is_filled_from_values(knowledge: Knowledge, name: str) -> None:
    reply = render_text(knowledge, name, laenge="1200", grenze="1000", hotline="+49 30", gesagt="Höchst")
    assert "{" not in reply.text
    assert any(value in reply.text for value in ("1200", "+49 30", "Höchst"))


def test_reply_becomes_a_rasa_message_without_empty_parts(knowledge: Knowledge) -> None:
    message = render_text(knowledge, "gespraech/dank").as_rasa()
    assert set(message) == {"text", "custom"}
