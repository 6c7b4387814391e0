"""Rules that hold for every template."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "documents" not in path.parts]
_INLINE = re.compile(r"""<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=['"]js:""")
_FORM = re.compile(r"<form\b[^>]*\bmethod=[\"']post[\"'].*?</form>", re.IGNORECASE | re.DOTALL)
# Before the door there is nobody to whom a token could belong; logging out twice is logging out.
WITHOUT_TOKEN = {"account/login.html", "account/logout.html", "components/side.html"}
# The address of a form for people without an account is itself the secret (parents/outside.py).
OUTSIDE = "parents/outside/"


def _name(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR / "templates").as_posix()


def test_there_are_templates() -> None:
    assert len(PAGES) > 20


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_nothing_is_inline(path: Path) -> None:
    assert not _INLINE.search(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_nothing_escapes_escaping(path: Path) -> None:
    text = path.read_text()

    assert "|safe" not in text.replace("|safeseq", "|safe")
    assert "autoescape off" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    for form in _FORM.findall(path.read_text()):
        if _name(path).startswith(OUTSIDE):
            assert "action=" not in form
        elif _name(path) in WITHOUT_TOKEN:
            assert "csrf" in form
        else:
            assert "{% form_token %}" in form


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    found = re.findall(r"""(?:src|href|action)=["'](https?:)?//""", path.read_text())

    assert not found


def test_no_code_marks_text_as_safe() -> None:
    apps = [
        "common",
        "school",
        "documents",
        "gradebook",
        "risk_registry",
        "monitoring",
        "desk",
        "demo",
        "config",
        "parents",
    ]
    files = [path for app in apps for path in (settings.BASE_DIR / app).rglob("*.py")]

    assert files
    assert not [path for path in files if "mark_safe" in path.read_text()]
