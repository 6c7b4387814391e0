"""The bank of practices: written, given files, applied by colleagues."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.authorship import deed
from common.errors import Refused
from documents.services.attachments import attachment_keep
from school.models import Staff, Subject, User
from teaching.models import Practice, PracticeFile, PracticeUse
from teaching.services.records import begin, corrected, record_remove, standing
from teaching.words import Topic

FILE = "teaching.practice_file"
MOST_FILES = 10


@dataclass(frozen=True)
class PracticeDraft:
    """What is told of a practice; `tags` are short words, small letters."""

    title: str
    about: str
    topics: Sequence[Topic] = ()
    tags: Sequence[str] = ()
    coauthor: Staff | None = None
    subject: Subject | None = None
    link: str = ""


@deed
def practice_add(*, by: User, staff: Staff, draft: PracticeDraft) -> Practice:
    """Write a practice down; it is in the bank once it is confirmed. Raises `Refused` for one author named twice."""
    row = Practice(school=staff.school, staff=staff, by=by, at=staff.school.now())
    _fill(row, draft)
    begin(by, row)
    row.save()
    return row


@deed
def practice_change(*, by: User, practice: Practice, draft: PracticeDraft) -> Practice:
    """Correct a practice. Raises as `practice_add`."""
    row = standing(practice)
    _fill(row, draft)
    corrected(by, row)
    row.save()
    return row


@deed
def practice_file_add(*, by: User, practice: Practice, title: str, content: bytes) -> PracticeFile:
    """Attach a paper. Raises `Refused` for what may not be attached, and beyond ten files."""
    row = standing(practice)
    if row.files.filter(removed_at__isnull=True).count() >= MOST_FILES:
        raise Refused("У практики уже десять файлов: уберите лишний.")
    made = PracticeFile.objects.create(school=row.school, practice=row, title=title, by=by, at=row.school.now())
    made.file = attachment_keep(
        by=by,
        school=row.school,
        kind=FILE,
        params={"practice_file": made.pk, "school": row.school_id},
        title=title,
        content=content,
    )
    made.save(update_fields=["file"])
    corrected(by, row)
    row.save()
    return made


@deed
def practice_apply(*, by: User, practice: Practice, staff: Staff) -> bool:
    """A tap «применил(а)»: the first writes it down, the next takes it back. Returns whether it stands now.

    Raises `Refused` for one's own practice and for one that is not in the bank.
    """
    row = standing(practice)
    if row.belongs_to(staff.pk):
        raise Refused("Это ваша практика: применение отмечают коллеги.")
    if not row.is_confirmed:
        raise Refused("Практики ещё нет в банке: применение отмечают после подтверждения.")
    stands = row.uses.filter(staff=staff, removed_at__isnull=True).first()
    if stands is not None:
        record_remove(by=by, row=stands, why="отметка снята")
        return False
    school = row.school
    PracticeUse.objects.create(school=school, practice=row, staff=staff, on=school.today(), by=by, at=school.now())
    return True


def _fill(row: Practice, draft: PracticeDraft) -> None:
    if draft.coauthor is not None and draft.coauthor.pk == row.staff_id:
        raise Refused("Соавтор — другой человек: выберите его или оставьте поле пустым.")
    row.title, row.about, row.link = draft.title, draft.about, draft.link
    row.topics, row.tags = [str(one) for one in draft.topics], list(draft.tags)
    row.coauthor, row.subject = draft.coauthor, draft.subject
