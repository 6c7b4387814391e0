"""Keeping files and handing them out."""

from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from common.errors import Refused
from documents.models import StoredFile
from documents.registry import Params, may_fetch, note_reading
from documents.storage import blob_delete, blob_open, blob_write, blobs_before
from school.models import School, User

KEEP_DAYS = 30
_LONGEST_NAME = 200
# A file is written before its row is committed: younger ones without a row are not orphans yet.
ORPHAN_AFTER = timedelta(days=1)
PURGE_AT_ONCE = 500


class FileGone(Refused):
    """There is no such file for this person: none at all, expired, or not theirs. A page answers 404."""

    def __init__(self) -> None:
        super().__init__("Файла нет: его срок хранения истёк или он вам недоступен. Закажите его снова.")


@dataclass(frozen=True)
class OpenFile:
    """A file that may be read now; `content` is open."""

    file: StoredFile
    content: BinaryIO


def file_store(
    *,
    by: User | None,
    school: School | None,
    kind: str,
    params: Params,
    name: str,
    content: bytes,
    content_type: str,
    keep_days: int | None = KEEP_DAYS,
) -> StoredFile:
    """Keep a file for `keep_days` days, or for good when None.

    `kind` (see `register_file`) and `params` decide at every fetch who may have it; `name` is what a person sees and
    downloads, with its extension.
    """
    blob = blob_write(content)
    return StoredFile.objects.create(
        school=school,
        kind=kind,
        params=dict(params),
        name=_fitting(name),
        content_type=content_type,
        size=blob.size,
        sha256=blob.sha256,
        path=blob.path,
        created_by=by,
        expires_at=None if keep_days is None else timezone.now() + timedelta(days=keep_days),
    )


def _fitting(name: str) -> str:
    """Three names of a hundred letters are a person's right; the extension stays."""
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= _LONGEST_NAME else f"{stem[: _LONGEST_NAME - len(dot + ending)]}{dot}{ending}"


def file_may_fetch(user: User, file: StoredFile) -> bool:
    """Whether this person may have the file at this moment: of their school, not expired, allowed by its kind."""
    if file.expires_at is not None and file.expires_at <= timezone.now():
        return False
    if file.school_id is not None and user.school_id not in (None, file.school_id):
        return False
    return may_fetch(user, file.kind, file.params)


def file_open_for(user: User, file: StoredFile) -> OpenFile:
    """Open a file for a person, whose rights are asked anew. Raises `FileGone`."""
    if not file_may_fetch(user, file):
        raise FileGone
    try:
        content = blob_open(file.path)
    except FileNotFoundError:
        raise FileGone from None
    note_reading(user, file.kind, file.params)
    return OpenFile(file, content)


def file_delete(*, file: StoredFile) -> None:
    """Remove a file; its content goes when the transaction is committed."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: blob_delete(path))


def files_purge() -> int:
    """Remove expired files, and content whose row never came to be; returns how many files expired."""
    now = timezone.now()
    expired = list(StoredFile.objects.expired(now)[:PURGE_AT_ONCE])
    for file in expired:
        with transaction.atomic():
            file_delete(file=file)
    old = list(blobs_before(now - ORPHAN_AFTER))
    known = set(StoredFile.objects.filter(path__in=old).values_list("path", flat=True))
    for path in old:
        if path not in known:
            blob_delete(path)
    return len(expired)
