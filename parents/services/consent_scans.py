"""Scans of consents: attached, replaced, taken back. The file goes with it: it may be another person's paper."""

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from documents.services.attachments import attachment_keep
from documents.services.files import file_delete
from parents.models import ConsentScan
from school.models import Consent, User

SCAN = "parents.consent_scan"


@deed
def scan_attach(*, by: User, consent: Consent, content: bytes) -> ConsentScan:
    """Keep the paper; one that stands already is replaced. Raises `Refused` for what is no PDF, JPEG or PNG."""
    row = Consent.objects.select_for_update(of=("self",)).select_related("pupil__school").get(pk=consent.pk)
    file = attachment_keep(
        by=by,
        school=row.pupil.school,
        kind=SCAN,
        params={"consent": row.pk, "pupil": row.pupil_id},
        title=f"Согласие от {date_short(row.given_on)}",
        content=content,
    )
    _take_back(row)
    return ConsentScan.objects.create(consent=row, pupil=row.pupil, file=file, by=by, at=row.pupil.school.now())


@deed
def scan_take_back(*, by: User, consent: Consent) -> None:
    """Remove the paper with its file. Raises `Refused` when there is none (any more)."""
    row = Consent.objects.select_for_update(of=("self",)).select_related("pupil__school").get(pk=consent.pk)
    if not _take_back(row):
        raise Refused("Скана уже нет: обновите страницу.")


def _take_back(consent: Consent) -> bool:
    standing = ConsentScan.objects.select_related("file").filter(consent=consent, taken_back_at__isnull=True).first()
    if standing is None:
        return False
    file = standing.file
    standing.file, standing.taken_back_at = None, consent.pupil.school.now()
    standing.save()
    if file is not None:
        file_delete(file=file)
    return True
