import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from documents.models import StoredFile
from documents.registry import register_file
from documents.services import file_open_for, file_store, files_purge
from documents.services.files import FileGone
from school.models import School, User
from tests.documents.conftest import make_user
from tests.factories import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: Path) -> None:
    """Files of a test are its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


def keep(school: School, user: User, kind: str = "open", content: bytes = b"%PDF-1.7", **fields: Any) -> StoredFile:
    return file_store(
        by=user,
        school=school,
        kind=kind,
        params={"class": "7А"},
        name="Отчёт за 1-ю четверть.pdf",
        content=content,
        content_type="application/pdf",
        **fields,
    )


def on_disk() -> list[Path]:
    return [file for file in Path(configured.MEDIA_ROOT).rglob("*") if file.is_file()]


def test_a_file_comes_back_as_it_was(open_kind: None, school: School, user: User) -> None:
    file = keep(school, user)
    with file_open_for(user, file).content as content:
        assert content.read() == b"%PDF-1.7"
    assert file.size == 8
    assert len(file.sha256) == 64


def test_its_place_says_nothing_and_is_the_applications_alone(open_kind: None, school: School, user: User) -> None:
    keep(school, user)
    (place,) = on_disk()
    assert "Отчёт" not in place.name
    assert place.suffix == ""
    assert place.stat().st_mode & 0o077 == 0


def test_the_right_is_asked_again_at_every_fetch(school: School, user: User) -> None:
    allowed = {user.pk}
    register_file("closing", lambda who, params: who.pk in allowed and params["class"] == "7А")
    file = keep(school, user, "closing")
    file_open_for(user, file).content.close()
    allowed.clear()
    with pytest.raises(FileGone):
        file_open_for(user, file)


def test_a_kind_that_nobody_registered_is_handed_to_nobody(school: School, user: User) -> None:
    with pytest.raises(FileGone):
        file_open_for(user, keep(school, user, "unknown"))


def test_another_schools_file_does_not_exist(open_kind: None, school: School, user: User) -> None:
    other = make_user(make_school("S2"), "other")
    with pytest.raises(FileGone):
        file_open_for(other, keep(school, user))


def test_an_expired_file_is_gone_before_and_after_the_purge(
    open_kind: None,
    school: School,
    user: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    file, kept = keep(school, user), keep(school, user, keep_days=None)
    StoredFile.objects.filter(pk=file.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    file.refresh_from_db()
    with pytest.raises(FileGone):
        file_open_for(user, file)
    with django_capture_on_commit_callbacks(execute=True):
        assert files_purge() == 1
    assert list(StoredFile.objects.all()) == [kept]
    assert len(on_disk()) == 1


def test_content_that_was_lost_is_gone_too(open_kind: None, school: School, user: User) -> None:
    file = keep(school, user)
    on_disk()[0].unlink()
    with pytest.raises(FileGone):
        file_open_for(user, file)


def test_content_of_a_rolled_back_deed_is_purged_after_a_day(open_kind: None, school: School, user: User) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep(school, user)
        raise ZeroDivisionError
    (orphan,) = on_disk()
    files_purge()
    assert orphan.exists()
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(orphan, (long_ago, long_ago))
    files_purge()
    assert on_disk() == []


def test_the_purge_leaves_old_files_that_are_still_kept(open_kind: None, school: School, user: User) -> None:
    keep(school, user, keep_days=None)
    (place,) = on_disk()
    os.utime(place, (0, 0))
    files_purge()
    assert place.exists()


def test_a_name_of_any_length_is_kept_with_its_extension(school: School, user: User) -> None:
    file = file_store(by=user, school=school, kind="open", params={}, name=f"{'Я' * 300}.pdf", content=b"",
                      content_type="application/pdf")  # fmt: skip
    assert file.name == f"{'Я' * 196}.pdf"
