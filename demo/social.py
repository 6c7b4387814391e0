"""Consents and social passports of the demo school, through the services that people use."""

from datetime import date

from demo import cast
from school.models import Pupil, School, User
from school.purposes import Purpose
from school.services.consents import consent_record, consent_withdraw
from school.services.social import social_fact_add, social_fact_close, social_fact_correct

# Pupils of the cast: group and document. Those with a purpose have their consent.
_STORIES = {
    "Голубев Никита": (("foster", "распоряжение органа опеки от 14.03.2024 № 118"),),
    "Бероев Тимур": (("school_record", "решение совета профилактики от 16.10.2026 № 2"),),
    "Тарасенко Глеб": (("hard_life", "акт обследования условий жизни от 05.10.2026"),),
}
# Every fifteenth of the others belongs to one of these, in turn.
_EVERY = 15
_OTHERS = (
    ("large_family", "удостоверение многодетной семьи от 10.02.2025"),
    ("single_parent", "справка от 02.09.2026"),
    ("low_income", "справка органа социальной защиты от 28.08.2026"),
    ("large_family", "удостоверение многодетной семьи от 19.06.2023"),
    ("both_unemployed", "справка центра занятости от 04.09.2026"),
)


def fill(school: School) -> None:
    """Groups of the cast and of some others; consents, one of them withdrawn; a correction and a closed record."""
    pedagogue = User.objects.get(username="socped")
    since = date(cast.START, 9, 2)
    pupils = list(Pupil.objects.filter(school=school).order_by("external_id", "pk"))
    for pupil in pupils:
        for group, ground in _STORIES.get(pupil.list_name, ()):
            social_fact_add(by=pedagogue, pupil=pupil, group=group, starts=since, ground=ground)
    for number, pupil in enumerate(pupils[::_EVERY]):
        group, ground = _OTHERS[number % len(_OTHERS)]
        social_fact_add(by=pedagogue, pupil=pupil, group=group, starts=since, ground=ground)
    _correct_and_close(pedagogue, pupils[:: _EVERY * 2][:2], since)
    _consents(pedagogue, pupils, since)


def _correct_and_close(by: User, pupils: list[Pupil], since: date) -> None:
    for pupil in pupils[:1]:
        fact = social_fact_add(
            by=by, pupil=pupil, group="pdn", starts=since, ground="сообщение отдела полиции от 01.09.2026"
        )
        social_fact_close(by=by, fact=fact, ends=date(cast.START, 10, 30), why="снят с учёта, письмо от 30.10.2026")
    for pupil in pupils[1:2]:
        fact = social_fact_add(by=by, pupil=pupil, group="school_record", starts=since, ground="решение от 01.09.2026")
        social_fact_correct(by=by, fact=fact, starts=since, ground="решение совета профилактики от 01.09.2026 № 1")


def _consents(by: User, pupils: list[Pupil], since: date) -> None:
    """Those with a file's word of health have theirs and a record; every tenth has that of psychological help."""
    for pupil in pupils:
        if pupil.list_name == "Ибрагимов Руслан":
            _give(by, pupil, Purpose.HEALTH, since)
            social_fact_add(by=by, pupil=pupil, group="ovz", starts=since, ground="заключение ПМПК от 20.05.2026 № 31")
    asked = pupils[::10]
    cast_names = {(one.who.last, one.who.first, one.who.middle) for one in cast.STORIES}
    drawn = [one for one in asked if (one.last_name, one.first_name, one.middle_name) not in cast_names]
    for pupil in asked:  # the cast is met by specialists: its consents last
        _give(by, pupil, Purpose.PSYCHOLOGICAL_HELP, since, withdrawn=pupil in drawn[3:4])


def _give(by: User, pupil: Pupil, purpose: Purpose, day: date, *, withdrawn: bool = False) -> None:
    guardian = pupil.guardians.first()
    if guardian is None:
        return
    row = consent_record(
        by=by, pupil=pupil, purpose=purpose, guardian=guardian, given_on=day, document="личное дело, вкладыш"
    )
    if withdrawn:
        consent_withdraw(by=by, consent=row, withdrawn_on=date(cast.START, 11, 10), why="заявление от 10.11.2026")
