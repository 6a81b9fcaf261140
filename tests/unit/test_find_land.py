"""Countries as people write them, and groups of countries."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("said", "found"), [
    ("Polen", "pl"), ("aus den Philipinen", "ph"), ("türkey", "tr"), ("Kosowo", "xk"), ("из Украины", "ua"), ("سوريا", "sy"), ("ich habe in Kolumbien gelernt", "co"),
    ("In der EU", "eu"), ("EU-Land", "eu"), ("Außerhalb der EU", "drittstaat"), ("nicht in der EU", "drittstaat"),
    ("weiß nicht", ""), ("egal", ""), ("Deutschland", ""), ("", ""), ("asdf", ""),
])
def test_country_or_group_is_found(knowledge, said, found):
    assert knowledge.land_finder.find(said) == found


def test_every_name_is_found(knowledge):
    missed = [(land.id, word) for land in knowledge.laender.values() for word in land.woerter if knowledge.land_finder.find(word) not in (land.id, "")]
    assert not missed
