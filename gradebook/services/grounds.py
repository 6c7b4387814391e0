"""Reasons of absence: entered, corrected, withdrawn. Nothing is lost: a correction replaces, it does not overwrite."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import IntegrityError, transaction

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from common.russian import date_range, date_short
from documents.models import StoredFile
from documents.services.attachments import attachment_keep
from gradebook.events import MarksChanged
from gradebook.grounds import TERMS, Ground, GroundKind, covered
from gradebook.models import AbsenceGround
from school.models import AcademicYear, Pupil, School, SchoolSettings, User
from school.selectors import holiday_spans

SCAN = "gradebook.ground"
_GONE = "Эту запись уже исправили или отозвали: откройте основания ученика заново. Ничего не записано."


@dataclass(frozen=True)
class GroundDraft:
    """What a person enters. `scan` holds the bytes of the attached paper, None without one."""

    kind: GroundKind
    starts: date
    ends: date
    on_paper: bool = False
    scan: bytes | None = None
    comment: str = ""


@deed
def ground_add(*, by: User, pupil: Pupil, draft: GroundDraft) -> AbsenceGround:
    """Enter why a pupil was absent; the lessons of these days are counted by it from now on.

    Raises `Refused` for days out of order or of no academic year, days that have a ground already, a paper that is no
    PDF, JPEG or PNG.
    """
    Pupil.objects.select_for_update(no_key=True).get(pk=pupil.pk)
    return _write(by, pupil, draft)


@deed
def ground_correct(*, by: User, ground: AbsenceGround, draft: GroundDraft) -> AbsenceGround:
    """Replace a ground; without a new paper the attached one stays. Raises as `ground_add`, and when it is gone."""
    standing = _locked(ground)
    _withdraw(standing, by, "исправлено")
    return _write(by, standing.pupil, draft, replaces=standing)


@deed
def ground_withdraw(*, by: User, ground: AbsenceGround, why: str) -> None:
    """Take a ground back with a reason: the lessons are counted as the journal says again. Raises when it is gone."""
    standing = _locked(ground)
    _withdraw(standing, by, why)
    grounds_settle(pupil=standing.pupil, year=standing.year)
    _tell(standing)


def grounds_settle(*, pupil: Pupil, year: AcademicYear) -> None:
    """Count anew through which day each ground of a pupil holds, by the school's present number of days of a note."""
    rows = list(AbsenceGround.objects.live().filter(pupil=pupil, year=year))
    for row, day in _settled(rows, year.school.settings.note_days, holiday_spans(year)):
        row.covers_to = day
        row.save(update_fields=["covers_to"])


def school_grounds_settle(*, school: School) -> None:
    """The same for everybody in the years that are not over."""
    note_days = SchoolSettings.objects.get(school=school).note_days
    changed = []
    for year in AcademicYear.objects.filter(school=school, ends__gte=school.today()):
        holidays = holiday_spans(year)
        rows = AbsenceGround.objects.live().filter(year=year).order_by("pupil", "starts")
        for _, mine in groupby(rows, key=lambda row: row.pupil_id):
            for row, day in _settled(list(mine), note_days, holidays):
                row.covers_to = day
                changed.append(row)
    AbsenceGround.objects.bulk_update(changed, ["covers_to"], batch_size=500)


def _settled(
    rows: Sequence[AbsenceGround], note_days: int, holidays: Sequence[tuple[date, date]]
) -> list[tuple[AbsenceGround, date | None]]:
    """Those whose last day is another now."""
    told = [Ground(row.pk, GroundKind(row.kind), row.starts, row.ends, row.papered) for row in rows]
    found = covered(told, note_days=note_days, holidays=holidays)
    return [(row, found[row.pk]) for row in rows if row.covers_to != found[row.pk]]


def _locked(ground: AbsenceGround) -> AbsenceGround:
    Pupil.objects.select_for_update(no_key=True).get(pk=ground.pupil_id)
    standing = AbsenceGround.objects.live().select_related("pupil__school", "year__school__settings")
    found = standing.filter(pk=ground.pk).first()
    if found is None:
        raise Refused(_GONE)
    return found


def _withdraw(ground: AbsenceGround, by: User, why: str) -> None:
    ground.withdrawn_at, ground.withdrawn_by, ground.withdrawn_why = ground.school.now(), by, why.strip()
    ground.covers_to = None
    ground.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why", "covers_to"])


def _write(by: User, pupil: Pupil, draft: GroundDraft, replaces: AbsenceGround | None = None) -> AbsenceGround:
    year = _year_of(pupil.school, draft)
    _check_free(pupil, draft)
    kept = replaces.scan if replaces is not None else None
    row = AbsenceGround(
        school=pupil.school,
        year=year,
        pupil=pupil,
        kind=draft.kind.value,
        starts=draft.starts,
        ends=draft.ends,
        reason=TERMS[draft.kind].reason,
        on_paper=draft.on_paper,
        scan=kept if draft.scan is None else _keep(by, pupil, draft, draft.scan),
        comment=draft.comment,
        by=by,
        at=pupil.school.now(),
        replaces=replaces,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # the exclusion constraint: somebody was quicker
        raise Refused("На эти дни основание уже записали. Обновите страницу.") from None
    grounds_settle(pupil=pupil, year=year)
    row.refresh_from_db(fields=["covers_to"])
    _tell(row)
    return row


def _year_of(school: School, draft: GroundDraft) -> AcademicYear:
    if draft.starts > draft.ends:
        raise Refused("Последний день раньше первого: поменяйте их местами.")
    years = AcademicYear.objects.select_related("school__settings")
    year = years.filter(school=school, starts__lte=draft.starts, ends__gte=draft.ends).first()
    if year is None:
        raise Refused("Этих дней нет ни в одном учебном году школы. Проверьте даты.")
    return year


def _check_free(pupil: Pupil, draft: GroundDraft) -> None:
    known = AbsenceGround.objects.live().filter(pupil=pupil, starts__lte=draft.ends, ends__gte=draft.starts).first()
    if known is not None:
        days = date_range(known.starts, known.ends)
        raise Refused(f"На эти дни уже записано: {known.label.lower()}, {days} — исправьте ту запись.")


def _keep(by: User, pupil: Pupil, draft: GroundDraft, content: bytes) -> StoredFile:
    return attachment_keep(
        by=by,
        school=pupil.school,
        kind=SCAN,
        params={"pupil": pupil.pk},
        title=f"Основание пропуска {date_short(draft.starts)}",
        content=content,
    )


def _tell(ground: AbsenceGround) -> None:
    publish(MarksChanged(ground.school, ground.year, frozenset({ground.pupil_id})))
