"""What the demo school has asked: a closed survey of parents without names, an open one of the pupils of a class."""

import random
from datetime import date

from demo.decisions import on_day
from demo.journals import user_named
from parents.models import SurveyCampaign
from parents.rules.surveys import Answers, Asked
from parents.services.questionnaires import questionnaire_take, questions_of
from parents.services.survey_answers import paper_add, sheet_write
from parents.services.surveys import Planned, survey_close, survey_open, survey_plan
from parents.survey_words import Ask, Way
from school.models import Enrolment, Pupil, School, SchoolClass

_OCTOBER, _END, _NOW = date(2026, 10, 12), date(2026, 10, 23), date(2026, 11, 16)
_WORDS = (
    "Раньше сообщать о двойках, не в конце четверти.",
    "Больше дополнительных занятий по математике.",
    "Всё устраивает, спасибо учителям.",
    "Объяснять детям, за что стоит отметка.",
    "Хотелось бы чаще видеть психолога.",
    "Писать в дневник, что именно не получилось.",
    "Проводить собрания в удобное время.",
)
# How often the first, the second… option is chosen: most are content, some are not.
_WEIGHTS = (30, 32, 16, 9, 13, 4, 4, 4, 4)


def ask_people(school: School) -> None:
    """Of a few classes only: enough for a breakdown in which something has to be hidden."""
    rng = random.Random(37)  # noqa: S311 — play data
    with on_day(school, _OCTOBER):
        survey = _open(school, "satisfaction", _OCTOBER, _END, _classes(school)[::3][:7])
        _answer(school, survey, rng)
    with on_day(school, _END):
        survey_close(by=user_named("zavuch"), campaign=survey)
    own = SchoolClass.objects.filter(school=school, class_teacher=user_named("klass").staff).first()
    if own is not None:
        with on_day(school, _NOW):
            _ask_pupils(_open(school, "difficulties", _NOW, date(2026, 11, 30), [own]), own, rng)


def _classes(school: School) -> list[SchoolClass]:
    return list(SchoolClass.objects.filter(school=school, year__starts__lte=_OCTOBER, year__ends__gte=_OCTOBER))


def _open(school: School, code: str, begins: date, ends: date, classes: list[SchoolClass]) -> SurveyCampaign:
    by = user_named("zavuch")
    form = questionnaire_take(by=by, school=school, code=code)
    planned = survey_plan(by=by, questionnaire=form, told=Planned(begins, ends, Way.SLIPS, classes))
    return survey_open(by=by, campaign=planned)


def _answer(school: School, survey: SurveyCampaign, rng: random.Random) -> None:
    """Four families of five; of the first class only three, as it happens."""
    asked = questions_of(survey.version)
    for place, group in enumerate(survey.groups.all()):
        for _ in range(3 if place == 0 else group.invited * 4 // 5):
            paper_add(by=user_named("zavuch"), group=group, answers=_drawn(asked, rng))


def _drawn(asked: list[Asked], rng: random.Random) -> Answers:
    told: dict[str, tuple[int, ...] | str] = {}
    for one in asked:
        if one.kind == Ask.TEXT:
            if rng.random() < 0.4:
                told[one.key] = rng.choice(_WORDS)
            continue
        places = range(len(one.options))
        weights = _WEIGHTS[: len(places)]
        many = one.kind == Ask.SEVERAL
        chosen = rng.choices(places, weights[::-1] if one.kind == Ask.SCALE else weights, k=2 if many else 1)
        told[one.key] = tuple(sorted(set(chosen)))
    return told


def _ask_pupils(survey: SurveyCampaign, own: SchoolClass, rng: random.Random) -> None:
    asked = [one for one in questions_of(survey.version) if one.kind != Ask.TEXT]
    seats = Enrolment.objects.on(_NOW).filter(school_class=own)
    for pupil in Pupil.objects.filter(pk__in=seats.values("pupil")).order_by("sort_key")[:3]:
        sheet_write(by=user_named("klass"), campaign=survey, pupil=pupil, answers=_drawn(asked, rng))
