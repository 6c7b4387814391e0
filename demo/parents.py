"""What the demo's class teacher has told parents this autumn: talks, notices of a class, an answer, a silence."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from demo.decisions import on_day
from demo.journals import first_at_risk, user_named
from parents.models import Conversation, Notice
from parents.rules.notices import telling, why_not
from parents.selectors.conversations import partners_of
from parents.selectors.notice_facts import known_of
from parents.services.conversations import Told, conversation_record, conversation_settle
from parents.services.link_answers import Said, link_answer, link_open
from parents.services.links import Wish, link_make
from parents.services.notices import Draft, notice_step, notices_make
from parents.words import BegunBy, Channel, LinkAnswer, Matter, NoticeDeed, NoticeKind, NoticeState, Signed
from school.models import Enrolment, Period, Pupil, School, User

_AUTUMN, _NOVEMBER, _NOW = date(2026, 10, 20), date(2026, 11, 9), date(2026, 11, 20)


def tell_parents(school: School) -> None:
    """Two talks with their agreements, notices of the first period, of which one is known, one has no answer."""
    with on_day(school, _AUTUMN):
        _talk(
            user_named("klass"),
            _AUTUMN,
            "двойки по алгебре",
            "мама проверяет тетрадь по вторникам и пятницам",
            _NOVEMBER,
        )
    with on_day(school, _NOVEMBER):
        _settle(user_named("klass"))
        _notify(user_named("klass"))
    with on_day(school, _NOW):
        _talk(user_named("klass"), _NOW, "пропуски уроков", "предупреждают до первого урока", date(2026, 11, 27))
        _answer(user_named("klass"))
        _link(user_named("klass"))


def _led(leader: User, on: date) -> list[Pupil]:
    found = first_at_risk(leader, on, taught=False)
    return [one.pupil for one in found[1]] if found is not None else []


def _talk(leader: User, on: date, occasion: str, agreed: str, due: date) -> None:
    for pupil in _led(leader, on)[:2]:
        partner = next(iter(partners_of(pupil)), None)
        told = Told(
            on=on,
            channel=Channel.PHONE if on == _AUTUMN else Channel.MEETING,
            occasion=occasion,
            guardian=partner.guardian if partner is not None else None,
            who="" if partner is not None else "бабушка",
            begun_by=BegunBy.SCHOOL,
            agreed=agreed,
            due=due,
            signed="" if on == _AUTUMN else Signed.KNOWN,
        )
        conversation_record(by=leader, pupil=pupil, told=told)


def _settle(leader: User) -> None:
    talk = Conversation.objects.filter(by=leader, kept_on__isnull=True).order_by("pk").first()
    if talk is not None:
        conversation_settle(
            by=leader, conversation=talk, version=talk.version, on=_NOVEMBER, note="проверяет, двоек меньше"
        )


def _notify(leader: User) -> None:
    """After the first period: about marks, an answer asked within a week."""
    school = leader.school
    assert school is not None
    period = Period.objects.filter(year__school=school, number=1, ends__lt=_NOVEMBER).order_by("-starts").first()
    if period is None:
        return
    seats = Enrolment.objects.on(_NOVEMBER).filter(school_class__class_teacher=leader.staff)
    pupils = Pupil.objects.filter(pk__in=seats.values("pupil"))
    told = [(one.pupil, telling(one.body, NoticeKind.MARKS)) for one in known_of(pupils, period, _NOVEMBER).values()]
    drafts = [Draft(pupil, body) for pupil, body in told if not why_not(body, NoticeKind.MARKS)][:4]
    if drafts:
        notices_make(
            by=leader,
            school=school,
            period=period,
            kind=NoticeKind.MARKS,
            drafts=drafts,
            reply_by=date(2026, 11, 16),
        )


def _answer(leader: User) -> None:
    """The first is known, the second handed over and unanswered, the others lie where they were made."""
    made = list(Notice.objects.filter(by=leader).order_by("number")[:2])
    for notice, deeds in zip(made, ((NoticeDeed.HAND, NoticeDeed.KNOW), (NoticeDeed.HAND,)), strict=False):
        row = notice
        for what in deeds:
            row = notice_step(by=leader, notice=row, version=row.version, what=what)


def _link(leader: User) -> None:
    """Personal links: a notice was opened and has no answer yet; the same parents chose when to talk."""
    notice = Notice.objects.filter(by=leader).select_related("pupil__school").order_by("number").last()
    if notice is None or notice.state != NoticeState.MADE:
        return
    pupil, zone = notice.pupil, ZoneInfo(notice.pupil.school.timezone)
    link = link_make(by=leader, wish=Wish(pupil, Matter.NOTICE, notice=notice)).link
    link_open(link=link, birth=pupil.birth_date)
    times = [datetime.combine(date(2026, 11, day), time(17, 30), zone) for day in (24, 26)]
    wish = Wish(pupil, Matter.TALK, times=times, place="каб. 12", words="как помочь с алгеброй")
    link = link_make(by=leader, wish=wish).link
    link_open(link=link, birth=pupil.birth_date)
    link_answer(link=link, said=Said(LinkAnswer.CHOSEN, chosen=link.times[1].isoformat()))
