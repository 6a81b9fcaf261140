"""`lotse offices map` writes a picture for one place and refuses what is no single place."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from click.testing import CliRunner

from bot.cli import group


def test_map_is_written_for_a_place(tmp_path):
    out = tmp_path / "karte.svg"
    result = CliRunner().invoke(group, ["offices", "map", "35037", "--out", str(out)])
    assert result.exit_code == 0
    assert "Marburg" in "".join(ET.parse(out).getroot().itertext())


def test_map_asks_which_namesake_is_meant():
    result = CliRunner().invoke(group, ["offices", "map", "Allendorf"])
    assert result.exit_code == 2
    assert "Allendorf (Eder)" in result.output
