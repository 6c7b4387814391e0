"""Notices to parents: made for one or for a class at once under numbers without gaps; what became of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cattrs.preconf.json import make_converter
from django.db import transaction

from common.authorship import deed
from common.errors import Refused
from documents.services.numbers import numbers_next
from parents.models import Notice, NoticeStep
from parents.rules.notices import NoticeBody, why_not
from parents.words import NoticeDeed, NoticeKind, NoticeState
from parents.workflow import NOTICE
from risk_registry.categories import AnswerKind
from risk_registry.models import Signal
from risk_registry.services.answers import signal_answer
from school.guardian_words import Telling
from school.models import AcademicYear, Guardian, Guardianship, Period, Pupil, School, User

REGISTER = "parent_notice"
_converter = make_converter()
_CHANGED = "Пока вы решали, отметку об уведомлении изменили: обновите страницу."


@dataclass(frozen=True)
class Draft:
    """One notice to be made: about whom, to whom, what it tells."""

    pupil: Pupil
    body: NoticeBody
    guardian: Guardian | None = None


@deed
def notices_make(
    *,
    by: User,
    school: School,
    period: Period,
    kind: str,
    drafts: Sequence[Draft],
    reply_by: date | None = None,
    signals: Mapping[int, Sequence[Signal]] | None = None,
    seen: Collection[int] | None = None,
) -> list[Notice]:
    """Make notices of one kind under consecutive numbers of the school's register; they answer the given signals.

    `signals` by the key of the pupil. `seen`: keys of the newest ones of this kind and period that the person saw;
    None where it does not matter. Raises `Refused`, and makes none, when there is nothing to tell of somebody, a
    guardian is another child's, the day of the answer is over, or somebody else has just made one of those unseen.
    """
    wanted = NoticeKind(kind)
    today = school.today()
    _check(drafts, wanted, reply_by, today)
    year = _year(school, today)
    numbers = numbers_next(school=school, kind=REGISTER, year=year.start, count=len(drafts))
    if seen is not None:  # the register is locked by now: of two people the second sees what the first made
        _check_unseen(drafts, wanted, period, seen)
    now = school.now()
    rows = Notice.objects.bulk_create(
        Notice(school=school, year=year, period=period, pupil=draft.pupil, guardian=draft.guardian, kind=wanted,
               number=number, on=today, body=_converter.unstructure(draft.body), reply_by=reply_by, by=by, at=now)
        for number, draft in zip(numbers, drafts, strict=True)
    )  # fmt: skip
    for row in rows:
        for signal in (signals or {}).get(row.pupil_id, ()):
            signal_answer(signal=signal, kind=AnswerKind.NOTICE, by=by, on=today, reference=f"notice:{row.pk}")
    return rows


def _check(drafts: Sequence[Draft], kind: NoticeKind, reply_by: date | None, today: date) -> None:
    if not drafts:
        raise Refused("Отметьте хотя бы одного обучающегося.")
    if reply_by is not None and reply_by < today:
        raise Refused("День, до которого ждут ответа, уже прошёл.")
    silent = [f"{one.body.pupil}: {why}" for one in drafts if (why := why_not(one.body, kind))]
    if silent:
        raise Refused("Уведомлять не о чем. Ничего не записано.", silent)
    invitation = drafts[0].body.invitation
    if invitation is not None and invitation.on < today:
        raise Refused("День приглашения уже прошёл.")
    for one in drafts:
        if one.guardian is not None and not one.guardian.guardianships.filter(pupil=one.pupil).exists():
            raise Refused(f"{one.guardian.full_name} не записан(а) представителем: {one.body.pupil}.")
    _check_addressees(drafts, today)


def _check_unseen(drafts: Sequence[Draft], kind: NoticeKind, period: Period, seen: Collection[int]) -> None:
    made = Notice.objects.filter(pupil__in=[one.pupil for one in drafts], kind=kind, period=period)
    made = made.exclude(state=NoticeState.WITHDRAWN).select_related("pupil", "by__staff").order_by("on", "number")
    newest = {one.pupil_id: one for one in made}
    new = [one for one in newest.values() if one.pk not in seen]
    if new:
        raise Refused(
            "Пока вы выбирали, такие уведомления уже составили. Ничего не записано, проверьте отмеченных.",
            [f"{one.pupil.list_name}: № {one.number}, {one.by.display_name}." for one in new],
        )


def _check_addressees(drafts: Sequence[Draft], today: date) -> None:
    """Nothing goes to whoever may be told nothing of the child, by name or together with the other parent."""
    ties = Guardianship.objects.filter(pupil__in=[one.pupil for one in drafts], telling=Telling.NONE)
    silent: dict[int, set[int]] = {}
    for tie in ties:
        if tie.telling_on(today) == Telling.NONE:
            silent.setdefault(tie.pupil_id, set()).add(tie.guardian_id)
    wrong = [
        one.body.pupil
        for one in drafts
        if one.pupil.pk in silent and (one.guardian is None or one.guardian.pk in silent[one.pupil.pk])
    ]
    if wrong:
        raise Refused(
            "Одному из представителей ничего нельзя сообщать о ребёнке: адресуйте уведомление другому по имени.", wrong
        )


def _year(school: School, today: date) -> AcademicYear:
    found = school.years.filter(starts__lte=today, ends__gte=today).first()
    if found is None:
        raise Refused("Сегодня не входит ни в один учебный год школы: завуч открывает год в разделе «Школа».")
    return found


@deed
def notice_step(*, by: User | None, notice: Notice, version: int, what: str, comment: str = "") -> Notice:
    """Mark what became of a notice. `by` is None when the parents did it by a link.

    Raises `Refused` when its state does not allow it, a reason is missing, or somebody was quicker.
    """
    row = Notice.objects.select_for_update().select_related("school").get(pk=notice.pk)
    if row.version != version:
        raise Refused(_CHANGED)
    transition = NOTICE.step(what, row.state, comment)
    row.state, row.version = NoticeState(transition.target), row.version + 1
    row.save(update_fields=["state", "version"])
    NoticeStep.objects.create(
        notice=row,
        deed=NoticeDeed(what),
        from_state=transition.source,
        to_state=transition.target,
        by=by,
        at=row.school.now(),
        comment=comment.strip(),
        version=row.version,
    )
    return row


@transaction.atomic
def notices_hand(*, by: User, notices: Sequence[Notice]) -> int:
    """Mark as handed over those that were only made; how many."""
    waiting = [one for one in notices if one.state == NoticeState.MADE]
    for one in sorted(waiting, key=lambda row: row.pk):
        notice_step(by=by, notice=one, version=one.version, what=NoticeDeed.HAND)
    return len(waiting)


def body_of(notice: Notice) -> NoticeBody:
    """The face of the notice as it was frozen."""
    return _converter.structure(notice.body, NoticeBody)
