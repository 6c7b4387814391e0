"""What the demo's teachers have written down this autumn: work with groups, talks, an edit, a remark."""

from collections.abc import Sequence
from datetime import date

from demo.decisions import on_day
from iom.models import PupilTalk, WorkEntry
from iom.selectors.work_form import Choice, Place, choices_in, places_of
from iom.services.journals import comment_add
from iom.services.talks import Talk, talk_record, talk_settle
from iom.services.work import Work, WorkedWith, work_edit, work_record
from iom.work_words import Kept, Outcome, WorkWay
from school.models import Pupil, School, User

_OCTOBER, _NOVEMBER, _LATELY, _NOW = date(2026, 10, 13), date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 20)
_ENTRIES = (
    (_OCTOBER, "Повторение: вычисления", "карточки, разбор ошибок", WorkWay.CONSULTATION, 25, Outcome.PARTLY, ""),
    (_NOVEMBER, "Работа над ошибками контрольной", "разобрали ошибки", WorkWay.AFTER, 25, Outcome.PARTLY, "3"),
    (_LATELY, "Работа над ошибками контрольной", "решали по образцу", WorkWay.AFTER, 25, Outcome.DONE, "4"),
)


def write_journals(school: School) -> None:
    """A group of the subject teacher through the autumn, talks of the class teacher, a remark of the deputy."""
    for on, *told in _ENTRIES:
        with on_day(school, on):
            _group(on, *told)
    with on_day(school, _NOVEMBER):
        _talks(_NOVEMBER, ("двойки по алгебре", "приходит на консультации по вторникам", date(2026, 11, 17)))
    with on_day(school, _LATELY):
        _settle()
    with on_day(school, _NOW):
        _talks(_NOW, ("не сдаёт домашние работы", "показывает тетрадь по пятницам", date(2026, 11, 27)))
        _look()


def user_named(name: str) -> User:
    """Somebody of the cast."""
    return User.objects.select_related("school", "staff").get(username=name)


def first_at_risk(user: User, on: date, *, taught: bool) -> tuple[Place, list[Choice]] | None:
    """The person's class with the most at risk in it; None in a demo so small that there is none."""
    places = [one for one in places_of(user) if one.subject is not None or not taught]
    found = [(place, [one for one in choices_in(user, place, on) if one.at_risk]) for place in places]
    best = max(found, key=lambda pair: len(pair[1]), default=None)
    return best if best is not None and best[1] else None


def _group(on: date, *told: object) -> None:
    topic, content, form, minutes, outcome, mark = told
    teacher = user_named("predmet")
    found = first_at_risk(teacher, on, taught=True)
    if found is None or teacher.school is None:
        return
    place, choices = found
    work = Work(on, str(topic), str(content), place.subject, str(form), int(str(minutes)))
    pupils = [WorkedWith(one.pupil, outcome=str(outcome), mark=str(mark)) for one in choices[:3]]
    work_record(by=teacher, school=teacher.school, work=work, pupils=pupils, signals=[])


def _talks(on: date, told: tuple[str, str, date]) -> None:
    leader = user_named("klass")
    for pupil in _led(leader, on)[:2]:
        occasion, agreed, due = told
        talk_record(by=leader, pupil=pupil, talk=Talk(on, occasion, ["CT02"], agreed, due))


def _led(leader: User, on: date) -> Sequence[Pupil]:
    found = first_at_risk(leader, on, taught=False)
    return [one.pupil for one in found[1]] if found is not None else []


def _settle() -> None:
    """Of what was agreed a week ago, one was kept."""
    talk = PupilTalk.objects.filter(kept="").order_by("pk").first()
    if talk is not None:
        talk_settle(by=user_named("klass"), talk=talk, version=talk.version, kept=Kept.KEPT, note="был на двух")


def _look() -> None:
    """The teacher corrects an entry days later, the deputy says something about it."""
    entry = WorkEntry.objects.filter(on=_LATELY, by__username="predmet").order_by("-pk").first()
    if entry is None:
        return
    lines = [WorkedWith(one.pupil, None, one.outcome, one.result, one.mark) for one in entry.pupils.all()]
    work = Work(entry.on, entry.topic, "решали по образцу, затем сами", entry.subject, entry.form, 40)
    work_edit(by=user_named("predmet"), entry=entry, version=entry.version, work=work, pupils=lines)
    comment_add(by=user_named("zavuch"), to=entry, text="Хороший ход: образец, затем сами. Возьмём на заседание ШМО.")
