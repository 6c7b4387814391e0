"""Confidential words are reached by the selectors that log, and by nobody past them."""

import re
from pathlib import Path

from django.conf import settings
from django.db import models

from consultations.models import NoteRevision, NoteText, PlanAction, PlanGoal, PlanText

# Table → who may name it: its definition, those who write it, the one who reads it.
ALLOWED = {
    "NoteText": {"selectors/note_words.py", "services/notes.py"},
    "NoteRevision": {"selectors/note_words.py", "services/notes.py"},
    "PlanText": {"selectors/plan_words.py", "services/plans.py"},
    "PlanGoal": {"selectors/plan_words.py", "services/plans.py", "views/plans.py"},
    "PlanAction": {"selectors/plan_words.py", "selectors/plans.py", "services/plans.py", "views/plans.py"},
}
DEFINED = {"models/notes.py", "models/support.py", "models/__init__.py", "apps.py"}


def test_nobody_names_the_tables_of_confidential_words_but_these() -> None:
    base = Path(settings.BASE_DIR)
    apps = [folder for folder in base.iterdir() if (folder / "__init__.py").exists() and folder.name != "tests"]
    files = [path for app in apps for path in app.rglob("*.py") if "migrations" not in path.parts]
    for name, allowed in ALLOWED.items():
        naming = {str(path.relative_to(base)) for path in files if re.search(rf"\b{name}\b", path.read_text())}
        assert naming == {
            f"consultations/{path}" for path in allowed | DEFINED if path in allowed or _defines(path, name)
        }


def _defines(path: str, name: str) -> bool:
    return bool(re.search(rf"\b{name}\b", (Path(settings.BASE_DIR) / "consultations" / path).read_text()))


def test_a_view_only_names_the_type_and_the_agenda_reads_no_words() -> None:
    base = Path(settings.BASE_DIR) / "consultations"
    assert not re.search(r"Plan(Goal|Action)\.objects", (base / "views/plans.py").read_text())
    told = re.findall(r"listed\(actions_due\([^)]*\)\[:_MOST\], ([^)]*)\)", (base / "agenda_talks.py").read_text())
    assert told == ['plan="goal__plan", due="due"']


def test_confidential_rows_print_nothing() -> None:
    secret = "СЛОВО"
    rows: list[models.Model] = [
        NoteText(note_id=1, words=secret),
        NoteRevision(note_id=1, words=secret),
        PlanText(plan_id=1, why=secret, outcome=secret),
        PlanGoal(plan_id=1, words=secret),
        PlanAction(goal_id=1, what=secret, told=secret),
    ]
    assert all(secret not in f"{row}{row!r}" for row in rows)


def test_nothing_reaches_the_words_through_another_table() -> None:
    for model in (NoteText, NoteRevision, PlanText, PlanGoal, PlanAction):
        ways = {getattr(field.remote_field, "related_name", None) for field in model._meta.fields if field.is_relation}
        assert ways == {"+"}
