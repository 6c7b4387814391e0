"""Papers attached to records of the floors above: a scan, a photograph."""

from documents.attaching import type_of
from documents.models import StoredFile
from documents.registry import Params
from documents.services.files import file_store
from school.models import School, User


def attachment_keep(
    *, by: User | None, school: School, kind: str, params: Params, title: str, content: bytes
) -> StoredFile:
    """Keep a paper for good; raises `Refused` when it is no PDF, JPEG or PNG by its content, or larger than 10 MB.

    `kind` and `params` decide at every fetch who may have it (`documents.registry.register_file`). `title` is what it
    is called when it is downloaded; the name that the file had on the person's disk is not kept.
    """
    found = type_of(content)
    return file_store(
        by=by,
        school=school,
        kind=kind,
        params=params,
        name=f"{title}.{found.extension}",
        content=content,
        content_type=found.content_type,
        keep_days=None,
    )
