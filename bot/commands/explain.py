"""`lotse explain`: why a message is understood as it is."""

from __future__ import annotations

import json
import time

import click
from rich.console import Console
from rich.table import Table

from bot.knowledge.base import Knowledge
from bot.knowledge.introduction import Name, complete
from bot.nlu.clauses import clear_clause
from bot.nlu.decision import decide
from bot.training.archive import load_model, thresholds

WORDS = {"antwort": "wird beantwortet", "vorschlag": "bis zu drei Vorschläge", "ablehnung": "gilt als fremdes Thema"}


@click.command("explain")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
def command(text: str, as_json: bool) -> None:
    """Zeigt zu einem Satz: Rangfolge der Absichten, Sicherheit, nächste Trainingssätze, Erkanntes und Zeit."""
    model = load_model()
    model.predict("Guten Tag")
    begin = time.perf_counter()
    whole = model.predict(text, neighbours=5)
    prediction = clear_clause(text, whole, thresholds(), lambda parts: [model.predict(part, neighbours=5) for part in parts])
    milliseconds = (time.perf_counter() - begin) * 1000
    decision = decide(prediction, thresholds())
    found, knowledge = decision.intent(prediction.ranking[0][0]), Knowledge.load()
    intent, names = complete(text, _names(text, knowledge), found, prediction.exact, knowledge)
    entities = [(n.entity, n.value) for n in names]
    if as_json:
        click.echo(json.dumps({
            "text": text, "entscheidung": decision.value, "sprache": prediction.language, "verstanden_als": prediction.repaired,
            "rangfolge": prediction.ranking[:5], "abstand_fremd": prediction.margin, "nachbarn": prediction.neighbours, "absicht": intent, "erkannt": entities,
            "millisekunden": round(milliseconds, 1)}, ensure_ascii=False, indent=2))
        return
    console = Console()
    console.print(f"Entscheidung: [bold]{WORDS[decision.value]}[/]   Sprache: {prediction.language}   Abstand zu „fremd“: {prediction.margin:.1f}   {milliseconds:.0f} ms")
    if prediction.repaired != text:
        console.print(f"Gelesen als: {prediction.repaired}", markup=False)
    if intent != found:
        console.print("Nur Angaben zur Person: gilt als Vorstellung.", markup=False)
    console.print(f"Erkannt: {', '.join(f'{e[0]}={e[1]}' for e in entities) or 'nichts'}", markup=False)
    ranking = Table("Absicht", "Sicherheit")
    for label, confidence in prediction.ranking[:5]:
        ranking.add_row(label, f"{confidence:.1%}")
    near = Table("Nächster Trainingssatz", "Absicht", "Ähnlichkeit")
    for sentence, label, cosine in prediction.neighbours:
        near.add_row(sentence, label, f"{cosine:.2f}")
    console.print(ranking, near)


def _names(text: str, knowledge: Knowledge) -> list[Name]:
    from bot.nlu import german

    spans = german.build(knowledge)(text).ents
    return [Name(span.label_.lower(), span.ent_id_ if span.label_ in german.BY_ID else span.text, span.start_char, span.end_char) for span in spans]
