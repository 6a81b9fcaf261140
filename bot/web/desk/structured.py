"""`FAQPage` data for search engines (schema.org, JSON-LD) and the JSON form of an answer."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from markupsafe import Markup

from bot.knowledge.base import Knowledge
from bot.knowledge.faq import Faq
from bot.web.desk.texts import filled, lines, rendered


def json_ld(knowledge: Knowledge, faq: Faq, day: dt.date, link: str) -> Markup:
    """Returns the content of the script element; nothing in it can end the element."""
    data = {
        "@context": "https://schema.org", "@type": "FAQPage", "inLanguage": "de", "url": link, "dateModified": faq.stand.isoformat(),
        "mainEntity": [{"@type": "Question", "name": faq.frage, "acceptedAnswer": {"@type": "Answer", "text": str(rendered(knowledge, faq.antwort, day)), "url": link}}],
    }
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - no < > & left


def as_json(knowledge: Knowledge, faq: Faq, day: dt.date, base_url: str) -> dict[str, Any]:
    """Returns an answer as `/api/faq/<id>` gives it: texts with the values of `day`, dates as JJJJ-MM-TT."""
    return {
        "id": faq.id, "url": f"{base_url}/faq/{faq.id}", "frage": faq.frage, "kurz": faq.kurz, "thema": faq.thema, "thema_titel": knowledge.themen[faq.thema].titel,
        "antwort": lines(filled(knowledge, faq.antwort, day)), "antwort_einfach": lines(filled(knowledge, faq.antwort_einfach, day)), "mehr": lines(filled(knowledge, faq.mehr, day)),
        "rechtsgrundlagen": [{"norm": n.norm, "url": n.url} for n in faq.rechtsgrundlagen], "quellen": [{"titel": q.titel, "url": q.url} for q in faq.quellen],
        "gilt": faq.gilt, "stand": faq.stand.isoformat(), "pruefen_bis": faq.pruefen_bis.isoformat(), "ueberfaellig": faq.is_overdue(day), "sicher": faq.sicher,
        "verwandt": list(faq.verwandt), "aspekte": dict(faq.aspekte),
    }
