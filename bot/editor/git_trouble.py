"""What git refuses, in words for staff: what it means and what to do."""

from __future__ import annotations

from typing import Sequence

CHECK = "Den Zustand des Repositorys prüfen (git status)."
# What git says → what it means, and what to do; the first that fits.
TROUBLES = (
    ("index.lock': File exists", "Ein anderes Git-Programm arbeitet gerade, oder eines wurde abgebrochen.", "Kurz warten; bleibt es so und läuft keines mehr, die Datei .git/index.lock löschen."),
    ("No space left", "Git kann nicht schreiben: Die Platte ist voll.", "Platz schaffen (df -h)."), ("File too large", "Git kann nicht schreiben: Die Datei würde größer als erlaubt.", "Grenzen des Benutzers prüfen (ulimit -f)."),
    ("Read-only file system", "Git kann nicht schreiben: Die Platte ist nur lesbar eingehängt.", "Die Platte beschreibbar einhängen."),
    ("dubious ownership", "Git verweigert den Ordner, weil er einem anderen Benutzer gehört.", "Den Ordner dem Benutzer geben, unter dem der Lotse läuft."),
    ("during a merge", "Im Repository ist eine Zusammenführung (git merge) noch offen.", "Sie abschließen (git commit) oder abbrechen (git merge --abort)."),
    ("ermission", "Git darf nicht schreiben: Dem Benutzer, unter dem der Lotse läuft, fehlt das Recht.", "Eigentümer und Rechte von .git prüfen."),
)
LOCKED = TROUBLES[0][1]


class GitError(Exception):
    """Git refused; the text is German, unknown troubles end with git's own words. `remedy` says what to do."""

    def __init__(self, text: str, remedy: str = CHECK) -> None:
        super().__init__(text)
        self.remedy = remedy


def git_error(lines: Sequence[str], code: int) -> GitError:
    """Returns the error for what git printed to its error output before it ended with `code`."""
    known = next(((text, remedy) for sign, text, remedy in TROUBLES if any(sign in line for line in lines)), None)
    return GitError(*known) if known else GitError(f"Git hat abgelehnt: {(lines or [f'Ende mit {code}'])[0][:200]}")
