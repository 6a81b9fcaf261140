"""BM25 over the FAQs' texts: rare words, paragraphs and word pairs point to the FAQ that names them."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.answer_words import AnswerWords

PAGES = ["Die Chancenkarte steht in § 20a AufenthG. Sie brauchen Punkte.", "Die Blaue Karte EU steht in § 18g AufenthG. Sie brauchen Gehalt.", "Die Gebühr zahlen Sie an die Kammer."]
WORDS = AnswerWords().fit(PAGES)


@pytest.mark.parametrize(("text", "page"), [("§20a aufenthg", 0), ("18g bedingungen", 1), ("GEBUEHR kammer", 2), ("blaue karte", 1)])
def test_page_that_names_the_words_scores_best(text: str, page: int) -> None:
    assert int(np.argmax(WORDS.scores([text])[0])) == page


def test_unknown_words_score_nothing() -> None:
    assert WORDS.scores(["wetter morgen", ""]).tolist() == [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]


def test_pair_of_words_counts_more_than_the_words_apart() -> None:
    apart, together = WORDS.scores(["karte die blaue", "die blaue karte"])
    assert together[1] > apart[1]


def test_nothing_to_search_gives_no_scores() -> None:
    assert AnswerWords().fit([]).scores(["visum"]).shape == (1, 0)
    assert WORDS.scores([]).shape == (0, 3)
