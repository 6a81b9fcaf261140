"""Training-data importer: reads `data/nlu` and `data/stories` fast and adds a response stub per FAQ and fixed text.

Rasa wants every `utter_…` in the domain; the texts themselves stay in `data/` and are rendered by `bot/answers.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional, Union

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.base import DATA
from bot.knowledge.nlu_files import read_examples

STORIES = DATA / "stories"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FaqImporter(RasaFileImporter):
    """Loads our folders only: other YAML below `data/` is content, not training data."""

    def __init__(self, config_file: Optional[str] = None, domain_path: Optional[str] = None,
                 training_data_paths: Optional[Union[List[str], str]] = None) -> None:
        """Keeps `training_data_paths` when they name other files (a test set), else reads `data/`."""
        paths = [training_data_paths] if isinstance(training_data_paths, str) else list(training_data_paths or [])
        self._own = not paths or all(Path(p).resolve() in (DATA.resolve(), (DATA / "nlu").resolve(), STORIES.resolve()) for p in paths)
        super().__init__(config_file, domain_path, [str(STORIES)] if self._own else paths)

    def get_nlu_data(self, language: Optional[str] = "de") -> TrainingData:
        """Returns one message per example line, with full retrieval intents."""
        if not self._own:
            return super().get_nlu_data(language)
        examples = read_examples(DATA / "nlu")
        messages = [Message.build(text=e.text, intent=e.intent) for e in examples]
        return TrainingData(messages, responses=self._stubs(retrieval=True))

    def get_domain(self) -> Domain:
        """Returns the domain with a stub for every fixed text that is not part of a retrieval intent."""
        return super().get_domain().merge(Domain.from_dict({"responses": self._stubs(retrieval=False)}))

    def _stubs(self, retrieval: bool) -> Dict[str, List[Dict[str, Any]]]:
        texte = yaml.load((DATA / "texte.yml").read_text(encoding="utf-8"), _Loader)
        names = [f"utter_{key}" for key in texte]
        names += [f"utter_faq/{path.stem}" for path in (DATA / "faq").glob("*.yml")]
        names += [f"utter_{e.intent}" for e in read_examples(DATA / "nlu") if e.intent.startswith("anschluss/")]
        return {name: [{"text": name}] for name in sorted(set(names)) if ("/" in name) == retrieval}
