"""An extra lesson that was held is an entry of the journal of individual work: nobody writes it down twice."""

from collections.abc import Iterator, Sequence

from iom.models import ExtraSession, WorkEntry, WorkEntryPupil
from iom.selectors.extra_week import minutes
from iom.services.journals import Change, note_edits, reopen_answered
from iom.services.progress import control_withdraw
from iom.services.work import Work, WorkedWith, work_record
from iom.work_words import WorkWay
from school.models import Pupil, User

_TOPIC = 200


def journal_follows(by: User, session: ExtraSession, came: Sequence[Pupil]) -> None:
    """The entry of a held lesson names those who came. What its author has added about them since stays."""
    entry = session.entry
    if entry is None or entry.withdrawn_at is not None:
        session.entry = _written(by, session, came)
        session.save(update_fields=["entry"])
        return
    changes = [*_of_pupils(entry, came), *_of_topic(entry, session)]
    if changes:
        note_edits(entry, by, changes)
        entry.version += 1
        entry.save()


def journal_takes_back(by: User, session: ExtraSession, why: str) -> None:
    """The lesson was not held after all: its entry is withdrawn, with its controls, and answers nothing."""
    entry = session.entry
    if entry is None or entry.withdrawn_at is not None:
        return
    for line in entry.pupils.select_related("control__gap"):
        if line.control is not None and line.control.withdrawn_at is None:
            control_withdraw(by=by, control=line.control)
    reopen_answered(by, f"work:{entry.pk}")
    entry.withdrawn_at, entry.withdrawn_why = entry.school.now(), why
    entry.version += 1
    entry.save()


def _written(by: User, session: ExtraSession, came: Sequence[Pupil]) -> WorkEntry:
    group = session.group
    length = minutes(group.time_to) - minutes(group.time_from)
    work = Work(
        session.on,
        _topic(session),
        subject=group.subject,
        form=WorkWay.EXTRA,
        minutes=length if length <= 600 else None,
    )
    return work_record(by=by, school=group.school, work=work, pupils=[WorkedWith(pupil) for pupil in came])


def _topic(session: ExtraSession) -> str:
    return (session.note or session.group.title)[:_TOPIC]


def _of_pupils(entry: WorkEntry, came: Sequence[Pupil]) -> Iterator[Change]:
    """Who did not come leaves the entry, unless something was written about them; who came joins it."""
    there = {line.pupil_id: line for line in entry.pupils.select_related("pupil")}
    present = {pupil.pk: pupil for pupil in came}
    for key, line in there.items():
        if key not in present and not (line.outcome or line.result or line.mark or line.gap_id):
            line.delete()
            yield "Ученик", line.pupil.short_name, "не был", line.pupil
    for key, pupil in present.items():
        if key not in there:
            WorkEntryPupil.objects.create(entry=entry, pupil=pupil)
            yield "Ученик", "", pupil.short_name, pupil


def _of_topic(entry: WorkEntry, session: ExtraSession) -> Iterator[Change]:
    if session.note and entry.topic != _topic(session):
        yield "Тема", entry.topic, _topic(session), None
        entry.topic = _topic(session)
