"""Restricted tables are reached through the selectors that log, and by nobody who judges marks."""

import re
from pathlib import Path

from django.conf import settings

# Who may name the tables: those who define and write them, and the one reader, which logs.
ALLOWED = {
    "school/models/__init__.py",
    "school/models/people.py",
    "school/models/social.py",
    "school/forms/social.py",  # is handed a row that was logged
    "school/selectors_social.py",
    "school/services/social.py",
    "school/history_words.py",  # words for tables
    "school/social_groups.py",  # tells of it
    "school/services/pupils.py",  # removes a pupil entered by mistake
    "school/services/imports/pupils.py",
    "school/services/imports/reading.py",  # compares a file with what stands, shows neither
    "school/views/social.py",  # a type of what it is handed
    "demo/services.py",
    "demo/neighbours.py",
}
NAMES = re.compile(r"SocialFact\b|SocialRecord\b|\.social_facts|\.social_record\b|social_facts__|social_record__")


def _ours() -> list[Path]:
    base = Path(settings.BASE_DIR)
    apps = [folder for folder in base.iterdir() if (folder / "__init__.py").exists() and folder.name != "tests"]
    return [path for app in apps for path in app.rglob("*.py") if "migrations" not in path.parts]


def test_nobody_reaches_the_social_passport_past_its_logging_selector() -> None:
    base = Path(settings.BASE_DIR)
    naming = {str(path.relative_to(base)) for path in _ours() if NAMES.search(path.read_text())}

    assert naming <= ALLOWED
    assert "school/selectors_social.py" in naming


def test_views_and_forms_only_name_the_type() -> None:
    base = Path(settings.BASE_DIR)
    for name in ("school/views/social.py", "school/forms/social.py"):
        assert not re.search(
            r"Social(Fact|Record)\.objects|\.social_facts|\.social_record\b", (base / name).read_text()
        )
