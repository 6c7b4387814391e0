"""Trainings: written down, corrected, with their paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from documents.services.attachments import attachment_keep
from school.models import Staff, User
from teaching.models import Training
from teaching.services.records import begin, corrected, standing
from teaching.words import Topic, TrainingKind

PAPER = "teaching.paper"


@dataclass(frozen=True)
class TrainingDraft:
    """What is told of a training. `paper` holds the bytes of its document, None without a new one."""

    kind: TrainingKind
    title: str
    starts: date
    ends: date | None = None
    topics: Sequence[Topic] = ()
    hours: int | None = None
    place: str = ""
    paper_number: str = ""
    paper: bytes | None = None


@deed
def training_add(*, by: User, staff: Staff, draft: TrainingDraft) -> Training:
    """Write a training down. Raises `Refused` for days out of order or an end to come, and for a bad paper."""
    row = Training(school=staff.school, staff=staff, by=by, at=staff.school.now())
    _fill(row, draft)
    begin(by, row)
    row.save()
    return _with_paper(by, row, draft)


@deed
def training_change(*, by: User, training: Training, draft: TrainingDraft) -> Training:
    """Correct a training; without a new paper the attached one stays. Raises as `training_add`."""
    row = standing(training)
    _fill(row, draft)
    corrected(by, row)
    row.save()
    return _with_paper(by, row, draft)


def _fill(row: Training, draft: TrainingDraft) -> None:
    if draft.ends is not None and draft.ends < draft.starts:
        raise Refused("Обучение заканчивается раньше, чем начинается. Проверьте даты.")
    if draft.ends is not None and draft.ends > row.school.today():
        raise Refused("Окончание ещё не наступило: оставьте его пустым, пока обучение идёт.")
    row.kind, row.title, row.topics = draft.kind, draft.title, [str(one) for one in draft.topics]
    row.starts, row.ends, row.hours = draft.starts, draft.ends, draft.hours
    row.place, row.paper_number = draft.place, draft.paper_number


def _with_paper(by: User, row: Training, draft: TrainingDraft) -> Training:
    if draft.paper is not None:
        row.paper = attachment_keep(
            by=by,
            school=row.school,
            kind=PAPER,
            params={"training": row.pk, "school": row.school_id},
            title="Документ об обучении",
            content=draft.paper,
        )
        row.save(update_fields=["paper"])
    return row
