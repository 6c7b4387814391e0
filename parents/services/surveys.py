"""Surveys: planning, opening, slips, closing."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.crypto import salted_hmac

from common.authorship import deed
from common.errors import Refused
from common.small_groups import LEAST_GROUP
from parents.models import (
    Questionnaire,
    SurveyCampaign,
    SurveyClass,
    SurveyGroup,
    SurveySheet,
    SurveySlip,
    SurveyTally,
    SurveyWords,
)
from parents.rules.hiding import ClassSize, joined_classes
from parents.services.questionnaires import newest
from parents.survey_words import CODE_DIGITS, CampaignState, Way
from school.models import AcademicYear, Enrolment, Pupil, School, SchoolClass, User

_CHANGED = "Опрос уже изменил кто-то другой: обновите страницу."
_SPARE = 5  # slips of a class beyond its pupils: lost, spoilt, for a second parent who asks


@dataclass(frozen=True)
class Planned:
    """What a survey is planned as."""

    begins: date
    ends: date
    way: Way
    classes: Sequence[SchoolClass]


@dataclass(frozen=True)
class NewSlip:
    """A slip as it is printed, once: the code, and whose it is in a named survey."""

    code: str
    pupil: str = ""

    @property
    def spaced(self) -> str:
        """«1234 5678 9012»."""
        return " ".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))


def code_hash(code: str) -> str:
    """What is kept of a slip's code: keyed, so that a stolen database does not give the digits back by trying all."""
    return salted_hmac("parents.surveys.slip", code, algorithm="sha256").hexdigest()


def code_new() -> str:
    """Twelve digits."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


@deed
def survey_plan(
    *, by: User, questionnaire: Questionnaire, told: Planned, campaign: SurveyCampaign | None = None
) -> SurveyCampaign:
    """A draft, or another plan of one. Raises `Refused` for days, classes or a questionnaire that cannot be."""
    school = questionnaire.school
    year = _year(school, told)
    version = newest(questionnaire)
    if not version.questions.exists():
        raise Refused("В анкете ещё нет вопросов.")
    row = SurveyCampaign(school=school, by=by, at=school.now()) if campaign is None else _locked(campaign)
    if row.state != CampaignState.DRAFT:
        raise Refused("Опрос уже идёт: его можно только закрыть.")
    row.year, row.version, row.begins, row.ends, row.way = year, version, told.begins, told.ends, told.way
    row.save()
    row.classes.all().delete()
    SurveyClass.objects.bulk_create(SurveyClass(campaign=row, school_class=one) for one in told.classes)
    return row


def _year(school: School, told: Planned) -> AcademicYear:
    year = school.years.filter(starts__lte=told.begins, ends__gte=told.ends).first()
    if told.begins > told.ends:
        raise Refused("Последний день опроса раньше первого.")
    if year is None:
        raise Refused("Опрос не умещается в один учебный год: поправьте дни.")
    if not told.classes:
        raise Refused("Отметьте хотя бы один класс.")
    if any(one.year_id != year.pk for one in told.classes):
        raise Refused("Среди отмеченных есть класс другого учебного года.")
    return year


def _locked(campaign: SurveyCampaign) -> SurveyCampaign:
    rows = SurveyCampaign.objects.select_for_update(of=("self",))
    return rows.select_related("school", "version__questionnaire").get(pk=campaign.pk)


@deed
def survey_open(*, by: User, campaign: SurveyCampaign) -> SurveyCampaign:
    """People may answer from now on. The questionnaire is frozen, classes become groups that answers are counted by.

    Raises `Refused` when the survey is open already, its days are over, or it is too small to be anonymous.
    """
    row = _locked(campaign)
    if row.state != CampaignState.DRAFT:
        raise Refused(_CHANGED)
    today = row.school.today()
    if row.ends < today:
        raise Refused("Дни опроса уже прошли: поправьте их.")
    row.state, row.opened_on = CampaignState.OPEN, today
    row.save(update_fields=["state", "opened_on"])
    row.version.frozen = True
    row.version.save(update_fields=["frozen"])
    if row.audience.anonymous:
        _make_groups(row, today)
    return row


def _make_groups(row: SurveyCampaign, today: date) -> None:
    classes = list(row.classes.select_related("school_class"))
    seats = Enrolment.objects.on(today).filter(school_class__in=[one.school_class_id for one in classes])
    sizes = dict(seats.order_by().values("school_class").annotate(n=Count("pk")).values_list("school_class", "n"))
    told = [
        ClassSize(one.pk, str(one.school_class), one.school_class.level.value, sizes.get(one.school_class_id, 0))
        for one in classes
    ]
    groups = joined_classes(told)
    if sum(one.size for one in told) < LEAST_GROUP:
        raise Refused(f"Без имён спрашивают не меньше чем {LEAST_GROUP} человек: добавьте классы.")
    for group in groups:
        _make_group(row, group)
    SurveyWords.objects.create(campaign=row)


def _make_group(row: SurveyCampaign, group: Sequence[ClassSize]) -> None:
    levels = {one.level for one in group}
    made = SurveyGroup.objects.create(
        campaign=row,
        name=", ".join(one.name for one in group)[:200],
        level=levels.pop() if len(levels) == 1 else "",
        invited=sum(one.size for one in group),
        code=code_new() if row.way == Way.LINK else None,
    )
    SurveyTally.objects.create(group=made)
    SurveyClass.objects.filter(pk__in=[one.key for one in group]).update(group=made)


@deed
def survey_close(*, by: User, campaign: SurveyCampaign) -> SurveyCampaign:
    """No answer is taken any more; all slips are destroyed, used or not; the results may be read.

    It cannot be opened again: what was read before and after one more answer would give that answer away.
    """
    row = _locked(campaign)
    if row.state != CampaignState.OPEN:
        raise Refused(_CHANGED)
    row.state, row.closed_on = CampaignState.CLOSED, row.school.today()
    row.save(update_fields=["state", "closed_on"])
    row.slips.all().delete()
    SurveyTally.objects.filter(group__campaign=row).update(spent=[], used={})
    return row


@deed
def survey_discard(*, by: User, campaign: SurveyCampaign) -> None:
    """Take a draft away: nobody has seen it."""
    row = _locked(campaign)
    if row.state != CampaignState.DRAFT:
        raise Refused("Опрос уже идёт: его можно только закрыть.")
    row.delete()


@deed
def slips_print(*, by: User, campaign: SurveyCampaign, school_class: SchoolClass) -> list[NewSlip]:
    """New slips of a class, to be printed now: codes are kept nowhere. Those of it that nobody used are void.

    A named survey has a slip for each pupil who has not answered. Raises `Refused` when slips are not the way.
    """
    row = _locked(campaign)
    place = row.classes.filter(school_class=school_class).select_related("group").first()
    if row.state != CampaignState.OPEN or row.way != Way.SLIPS or place is None:
        raise Refused("Талоны печатают, пока опрос идёт и отвечают по талонам.")
    row.slips.filter(school_class=school_class, used=False).delete()
    people = _seated(row, school_class)
    if row.audience.anonymous:
        used = _used(place)
        owners: list[Pupil | None] = [None] * max(len(people) + _SPARE - used, 0)
    else:
        answered = set(standing_sheets(row).values_list("pupil", flat=True))
        owners = [one for one in people if one.pk not in answered]
    return _slips(row, place, owners)


def _used(place: SurveyClass) -> int:
    tally = SurveyTally.objects.filter(group=place.group_id).first()
    return tally.used.get(str(place.school_class_id), 0) if tally is not None else 0


def _slips(row: SurveyCampaign, place: SurveyClass, owners: Sequence[Pupil | None]) -> list[NewSlip]:
    told = [NewSlip(code_new(), owner.list_name if owner else "") for owner in owners]
    SurveySlip.objects.bulk_create(
        SurveySlip(
            campaign=row,
            group=place.group if owner is None else None,
            pupil=owner,
            school_class=place.school_class,
            hash=code_hash(slip.code),
        )
        for slip, owner in zip(told, owners, strict=True)
    )
    return told


def _seated(row: SurveyCampaign, school_class: SchoolClass) -> list[Pupil]:
    seats = Enrolment.objects.on(row.school.today()).filter(school_class=school_class)
    return list(Pupil.objects.filter(pk__in=seats.values("pupil")).order_by("sort_key", "pk"))


def standing_sheets(row: SurveyCampaign) -> QuerySet[SurveySheet]:
    """Sheets of the survey that nobody took back."""
    return SurveySheet.objects.filter(campaign=row, withdrawn_at__isnull=True)
