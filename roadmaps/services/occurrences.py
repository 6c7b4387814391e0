"""What becomes of activities: held, moved, cancelled; what shows it."""

from datetime import date

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from documents.services.attachments import attachment_keep
from roadmaps.models import Activity, Evidence, Occurrence, OccurrenceStep
from roadmaps.rules.term_words import term_of
from roadmaps.rules.terms import is_standing
from roadmaps.words import EvidenceKind, OccurrenceDeed, OccurrenceState, RoadmapState
from roadmaps.workflow import OCCURRENCE
from school.models import User

EVIDENCE = "roadmaps.evidence"
_CHANGED = "Пока вы решали, отметку изменили: обновите страницу. Ничего не записано."


@deed
def occurrence_hold(*, by: User, occurrence: Occurrence, version: int, on: date, note: str = "") -> Occurrence:
    """Mark as held on a day. Raises `Refused` for a day to come, or one before the school year's preparation."""
    row = _locked(occurrence, version)
    _check_held(row.activity, on)
    return _step(by, row, OccurrenceDeed.HOLD, note, held_on=on)


@deed
def occurrence_move(*, by: User, occurrence: Occurrence, version: int, to: date, why: str) -> Occurrence:
    """Another term, with the reason. Raises `Refused` without one, for the same day, or a day outside of the year."""
    row = _locked(occurrence, version)
    if to == row.ends:
        raise Refused("Это и есть нынешний срок: назовите другой день.")
    if not row.activity.roadmap.year.starts <= to <= row.activity.roadmap.year.ends:
        raise Refused("Новый срок не входит в учебный год.")
    was, row.starts, row.ends = row.ends, min(row.starts, to), to
    return _step(by, row, OccurrenceDeed.MOVE, why, was=was, becomes=to)


@deed
def occurrence_cancel(*, by: User, occurrence: Occurrence, version: int, why: str) -> Occurrence:
    """It will not be held, with the grounds. Raises `Refused` without them."""
    return _step(by, _locked(occurrence, version), OccurrenceDeed.CANCEL, why)


@deed
def occurrence_return(*, by: User, occurrence: Occurrence, version: int, why: str) -> Occurrence:
    """Take a mark back, with the reason: it waits again, by the term that it had. Evidence stays."""
    return _step(by, _locked(occurrence, version), OccurrenceDeed.RETURN, why)


@deed
def occurrence_record(*, by: User, activity: Activity, on: date, note: str) -> Occurrence:
    """Write down what was held of a standing line («по мере необходимости»).

    Raises `Refused` when the activity has terms of its own, or the day is not possible.
    """
    _check_open(activity)
    if not is_standing(term_of(activity.term_kind, activity.term)):
        raise Refused("У мероприятия есть сроки: отметьте проведение у нужного срока.")
    _check_held(activity, on)
    row = Occurrence(activity=activity, title=date_short(on), starts=on, ends=on, first_ends=on)
    row.save()
    return _step(by, row, OccurrenceDeed.HOLD, note, held_on=on)


def _check_open(activity: Activity) -> None:
    if activity.roadmap.state == RoadmapState.DRAFT:
        raise Refused("Дорожная карта ещё не утверждена: проведение отмечают после утверждения.")
    if activity.removed_on is not None:
        raise Refused("Мероприятие исключено из дорожной карты.")


def _check_held(activity: Activity, on: date) -> None:
    roadmap = activity.roadmap
    if on > roadmap.school.today():
        raise Refused("Этот день ещё не наступил.")
    if on < date(roadmap.year.start, 8, 1):
        raise Refused("Этот день раньше учебного года.")


def _locked(occurrence: Occurrence, version: int) -> Occurrence:
    rows = Occurrence.objects.select_for_update(of=("self",)).select_related("activity__roadmap__school")
    row = rows.select_related("activity__roadmap__year").get(pk=occurrence.pk)
    _check_open(row.activity)
    if row.version != version:
        raise Refused(_CHANGED)
    return row


def _step(
    by: User,
    row: Occurrence,
    what: OccurrenceDeed,
    comment: str,
    *,
    held_on: date | None = None,
    was: date | None = None,
    becomes: date | None = None,
) -> Occurrence:
    transition = OCCURRENCE.step(what, row.state, comment)
    target = OccurrenceState(transition.target)
    if what == OccurrenceDeed.RETURN and row.ends != row.first_ends:
        target = OccurrenceState.MOVED
    row.state, row.held_on, row.note = target, held_on, comment.strip()[:300]
    row.version += 1
    row.save()
    OccurrenceStep.objects.create(
        occurrence=row,
        deed=what,
        from_state=transition.source,
        to_state=target,
        was=was,
        becomes=becomes,
        by=by,
        at=row.activity.roadmap.school.now(),
        comment=comment.strip(),
        version=row.version,
    )
    return row


@deed
def evidence_add(
    *, by: User, occurrence: Occurrence, kind: str, title: str, content: bytes | None = None, url: str = ""
) -> Evidence:
    """A protocol, a list, a photograph as a file, or an address. Raises `Refused` for a file that is none of PDF, JPEG,
    PNG by its content, is too large, or when neither or both are given."""
    _check_open(occurrence.activity)
    wanted = EvidenceKind(kind)
    if wanted == EvidenceKind.LINK and not url:
        raise Refused("Вставьте адрес страницы.")
    if wanted != EvidenceKind.LINK and not content:
        raise Refused("Выберите файл.")
    school = occurrence.activity.roadmap.school
    row = Evidence(
        occurrence=occurrence,
        kind=wanted,
        title=title or wanted.label,
        url=url if wanted == EvidenceKind.LINK else "",
        by=by,
        at=school.now(),
    )
    if wanted != EvidenceKind.LINK and content:
        row.file = attachment_keep(
            by=by,
            school=school,
            kind=EVIDENCE,
            params={},
            title=row.title,
            content=content,
        )
    row.save()
    if row.file is not None:  # whoever fetches it is asked about this very row
        row.file.params = {"evidence": row.pk}
        row.file.save(update_fields=["params"])
    return row


@deed
def evidence_withdraw(*, by: User, evidence: Evidence, why: str) -> None:
    """It was added by mistake: no longer shown as evidence, and no longer handed out. Raises `Refused` without why."""
    if not why.strip():
        raise Refused("Напишите, почему подтверждение снято.")
    evidence.withdrawn_at, evidence.withdrawn_why = evidence.occurrence.activity.roadmap.school.now(), why.strip()
    evidence.save(update_fields=["withdrawn_at", "withdrawn_why"])
