"""What parents do at a personal link. Nobody is logged in: the link's secret was the proof.

Rows that need a person name whoever made the link; history says «родители, по ссылке».
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from zoneinfo import ZoneInfo

from django.db import transaction

from common.errors import Refused
from consultations.models import Appointment
from consultations.rules.free_times import Piece
from consultations.services.adding import row_add
from consultations.services.booking import Invited, MeetingDraft, appointment_book
from consultations.services.stepping import days_locked
from consultations.words import MeetingKind
from iom.services.agreeing import ParentsWord, parents_answer
from iom.words import Way
from parents.models import LinkOpening, PersonalLink
from parents.rules.links import MOST_TRIES, Standing, standing
from parents.selectors.link_matters import free_pieces, open_times
from parents.selectors.links import facts_of, opens_now
from parents.services.notices import notice_step
from parents.words import LinkAnswer, LinkEvent, Matter, NoticeDeed
from parents.workflow import NOTICE
from risk_registry.categories import Word

_OVER = "По этой ссылке уже ответили или она больше не действует. Откройте её ещё раз."
_CHANGED = "План изменился, пока вы читали. Посмотрите его ещё раз, прежде чем ответить."
_GONE = "Это время только что заняли. Выберите другое."
_OCCASION = "время выбрали родители по ссылке"
_COMMENT = 500


class Door(Enum):
    """What came of an attempt to open a link."""

    OPEN = "open"
    WRONG = "wrong"
    CLOSED = "closed"


@dataclass(frozen=True)
class Said:
    """What the parents answered: an answer of `LinkAnswer`, words, a time, the version of the route that they saw."""

    answer: str
    comment: str = field(default="", repr=False)
    chosen: str = ""
    version: int = 0


def _locked(link: PersonalLink) -> PersonalLink:
    rows = PersonalLink.objects.select_for_update(of=("self",))
    return rows.select_related("school", "pupil", "guardian", "notice", "route", "staff__school", "by").get(pk=link.pk)


def _note(link: PersonalLink, what: LinkEvent) -> None:
    row_add(LinkOpening, link=link.pk, what=what.value)


@transaction.atomic
def link_open(*, link: PersonalLink, birth: date | None) -> Door:
    """Open it; `birth` is the date that was typed, None where it is not asked. Each attempt is logged."""
    row = _locked(link)
    now = row.school.now()
    if not opens_now(row):
        _note(row, LinkEvent.LATE)
        return Door.CLOSED
    if row.asks_birth and birth != row.pupil.birth_date:
        return _wrong(row)
    if row.opened_at is None:
        row.opened_at = now
        row.save(update_fields=["opened_at"])
    _note(row, LinkEvent.OPENED)
    _notice_moves(row, NoticeDeed.OPEN)
    return Door.OPEN


def _wrong(row: PersonalLink) -> Door:
    row.tries += 1
    row.save(update_fields=["tries"])
    _note(row, LinkEvent.WRONG)
    if row.tries < MOST_TRIES:
        return Door.WRONG
    _note(row, LinkEvent.SHUT)
    return Door.CLOSED


def _notice_moves(row: PersonalLink, what: NoticeDeed, comment: str = "") -> None:
    """Only where its state allows it: what the school has marked on paper already stays."""
    if row.notice is not None and what in NOTICE.deeds(row.notice.state):
        notice_step(by=None, notice=row.notice, version=row.notice.version, what=what, comment=comment)


@transaction.atomic
def link_answer(*, link: PersonalLink, said: Said) -> PersonalLink:
    """Carry out what the parents answered, once. Raises `Refused` with words for them."""
    row = _locked(link)
    if standing(facts_of(row), row.school.now()) != Standing.WAITS or not opens_now(row):
        raise Refused(_OVER)
    matter = Matter(row.matter)
    if said.answer not in _ANSWERS[matter]:
        raise Refused("Отметьте ответ.")
    if said.answer in (LinkAnswer.DECLINED, LinkAnswer.CANNOT) and not said.comment.strip():
        raise Refused(_WHY[said.answer])
    _DEEDS[matter](row, said)
    row.answer, row.comment = LinkAnswer(said.answer), said.comment.strip()[:_COMMENT]
    row.answered_at = row.school.now()
    row.save(update_fields=["answer", "comment", "chosen", "meeting", "answered_at"])
    _note(row, LinkEvent.ANSWERED)
    return row


_ANSWERS: dict[Word, tuple[LinkAnswer, ...]] = {
    Matter.NOTICE: (LinkAnswer.KNOWN, LinkAnswer.COME, LinkAnswer.CANNOT),
    Matter.ROUTE: (LinkAnswer.AGREED, LinkAnswer.DECLINED),
    Matter.TIME: (LinkAnswer.CHOSEN, LinkAnswer.CANNOT),
    Matter.TALK: (LinkAnswer.CHOSEN, LinkAnswer.CANNOT),
}
_WHY: dict[str, str] = {
    LinkAnswer.DECLINED: "Напишите, с чем вы не согласны или что изменить: школа это учтёт.",
    LinkAnswer.CANNOT: "Напишите, когда вам удобно: школа предложит другое время.",
}


def _notice_known(row: PersonalLink, said: Said) -> None:
    told = ["по ссылке", *([LinkAnswer(said.answer).label] if said.answer != LinkAnswer.KNOWN else [])]
    _notice_moves(row, NoticeDeed.KNOW, "; ".join([*told, *filter(None, [said.comment.strip()])]))


def _route_answered(row: PersonalLink, said: Said) -> None:
    assert row.route is not None
    if said.version != row.route.version:
        raise Refused(_CHANGED)
    word = ParentsWord(
        agreed=said.answer == LinkAnswer.AGREED,
        way=Way.LINK,
        on=row.school.today(),
        guardian=row.guardian,
        comment=said.comment.strip()[:_COMMENT],
    )
    parents_answer(by=row.by, route=row.route, version=said.version, word=word)


def _time_chosen(row: PersonalLink, said: Said) -> None:
    if said.answer == LinkAnswer.CANNOT:
        return
    piece = next((one for one in free_pieces(row) if one.code == said.chosen), None)
    if piece is None:
        raise Refused(_GONE if said.chosen else "Выберите время.")
    try:
        row.meeting = _booked(row, piece)
    except Refused as refusal:
        raise Refused(_GONE) from refusal
    row.chosen = _moment(row, piece)


def _booked(row: PersonalLink, piece: Piece) -> Appointment:
    assert row.staff is not None
    begins, ends = (time(one // 60, one % 60) for one in (piece.span.starts, piece.span.ends))
    draft = MeetingDraft(row.staff, MeetingKind.PARENTS, piece.on, begins, ends, piece.room, _OCCASION)
    return appointment_book(by=row.by, draft=draft, invited=[Invited(row.pupil, row.guardian)])


def _moment(row: PersonalLink, piece: Piece) -> datetime:
    begins = time(piece.span.starts // 60, piece.span.starts % 60)
    return datetime.combine(piece.on, begins, row.school.now().tzinfo)


def _moment_of(code: str) -> datetime | None:
    """Of a button's value; None for what is no moment."""
    try:
        return datetime.fromisoformat(code)
    except ValueError:
        return None


def _talk_chosen(row: PersonalLink, said: Said) -> None:
    if said.answer == LinkAnswer.CANNOT:
        return
    wanted = _moment_of(said.chosen)
    if wanted not in row.times:
        raise Refused("Выберите время.")
    days_locked(row.school, [wanted.astimezone(ZoneInfo(row.school.timezone)).date()])
    if wanted <= row.school.now():
        raise Refused("Это время уже прошло. Выберите другое.")
    if wanted not in open_times(row):
        raise Refused(_GONE)
    row.chosen = wanted


_DEEDS = {
    Matter.NOTICE: _notice_known,
    Matter.ROUTE: _route_answered,
    Matter.TIME: _time_chosen,
    Matter.TALK: _talk_chosen,
}
