"""Static files as production stores them."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command

from config import settings as production

_STATIC = re.compile(r"{% static ['\"]([^'\"]+)['\"] %}")
OURS = {"bootstrap/css/bootstrap.min.css", "theme.css", "opora.js", "favicon.svg", "django_htmx/htmx-2.min.js"}


@pytest.fixture
def stored(tmp_path: Path, settings: LazySettings) -> ManifestStaticFilesStorage:
    """Everything collected under names that say their content."""
    settings.STATIC_ROOT = tmp_path
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", "--no-input", verbosity=0)
    return ManifestStaticFilesStorage(location=str(tmp_path), base_url="/static/")


def test_everything_that_pages_name_is_there_under_a_name_of_its_own(stored: ManifestStaticFilesStorage) -> None:
    templates = (production.BASE_DIR / "templates").rglob("*.html")
    named = {name for path in templates for name in _STATIC.findall(path.read_text())}

    assert named | OURS
    for name in named | OURS:
        kept = stored.stored_name(name)
        assert kept != name
        assert stored.exists(kept)


def test_of_bootstrap_only_what_pages_load_is_exposed(stored: ManifestStaticFilesStorage) -> None:
    folders, files = stored.listdir("bootstrap")

    assert (folders, files) == (["css"], [])
    assert {name.split(".")[0] for name in stored.listdir("bootstrap/css")[1]} == {"bootstrap"}
    assert len(stored.listdir("bootstrap/css")[1]) == 4


def test_style_sheets_load_nothing_from_elsewhere(stored: ManifestStaticFilesStorage) -> None:
    for name in ("theme.css", "bootstrap/css/bootstrap.min.css"):
        text = stored.open(name).read().decode()
        assert not re.findall(r"url\((?!['\"]?data:)[^)]*//[^)]*\)", text)
        assert "@import" not in text
