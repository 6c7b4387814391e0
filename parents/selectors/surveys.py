"""Surveys as lists and their pages show them. Of an open survey only the share of answers is told, never an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce

from parents.models import (
    Questionnaire,
    QuestionnaireVersion,
    SurveyCampaign,
    SurveyClass,
    SurveyGroup,
    SurveySheet,
    SurveySlip,
)
from parents.permissions_surveys import answering_pupils, led_classes, sheet_pupils, surveys_for
from parents.shipped_surveys import SHIPPED, Shipped
from parents.survey_words import Audience, CampaignState
from risk_registry.models import RegistryEntry
from risk_registry.selectors.registry import OUT
from school.access import access_of, pupils_for
from school.models import Enrolment, Pupil, School, SchoolClass, User


@dataclass(frozen=True)
class SurveyLine:
    """A survey in a list; `answered` of `invited`."""

    campaign: SurveyCampaign
    invited: int
    answered: int
    stage: str

    @property
    def title(self) -> str:
        """The questionnaire's."""
        return self.campaign.version.title


def stage_of(campaign: SurveyCampaign, today: date) -> str:
    """«Идёт», «Дни прошли: пора закрыть», «Начнётся 24.11.2026»…"""
    state = CampaignState(campaign.state)
    if state == CampaignState.OPEN and campaign.ends < today:
        return "Дни прошли: пора закрыть"
    if state == CampaignState.OPEN and campaign.begins > today:
        return f"Начнётся {campaign.begins:%d.%m.%Y}"
    return state.label


def with_share(rows: QuerySet[SurveyCampaign], today: date) -> QuerySet[SurveyCampaign]:
    """Surveys with `counted_of`, `counted`, `named_of`, `named`; no query of its own.

    A class teacher is asked about the pupils of the registry, pupils all answer for themselves.
    """
    groups = SurveyGroup.objects.filter(campaign=OuterRef("pk")).order_by().values("campaign")
    # Twice: from within the classes, within the seats, of the survey.
    asked = SurveyClass.objects.filter(campaign=OuterRef(OuterRef("pk")))
    seats = Enrolment.objects.on(today).filter(school_class__in=asked.values("school_class")).order_by()
    entries = RegistryEntry.objects.exclude(state__in=OUT).filter(
        pupil=OuterRef("pupil"), period__year=OuterRef("school_class__year")
    )
    sheets = SurveySheet.objects.filter(campaign=OuterRef("pk"), withdrawn_at__isnull=True).order_by()
    number = {"output_field": IntegerField()}
    return rows.annotate(
        counted_of=Coalesce(Subquery(groups.annotate(n=Sum("invited")).values("n")), 0, **number),
        counted=Coalesce(Subquery(groups.annotate(n=Sum("tally__answered")).values("n")), 0, **number),
        named_of=Case(
            When(
                version__questionnaire__audience=Audience.TEACHER, then=Subquery(_number(seats.filter(Exists(entries))))
            ),
            default=Subquery(_number(seats)),
            **number,
        ),
        named=Coalesce(Subquery(sheets.values("campaign").annotate(n=Count("pk")).values("n")), 0, **number),
    )


def _number(seats: QuerySet[Enrolment]) -> QuerySet[Enrolment, Any]:
    return seats.values(n=Func(F("pk"), function="COUNT"))


def survey_lines(user: User, today: date) -> list[SurveyLine]:
    """All that the person may open, the newest first. One query."""
    return [_line(row, today) for row in with_share(surveys_for(user), today).order_by("-begins", "-pk")]


def _line(row: SurveyCampaign, today: date) -> SurveyLine:
    told = ("counted_of", "counted") if row.audience.anonymous else ("named_of", "named")
    invited, answered = (getattr(row, name) for name in told)
    return SurveyLine(row, invited, answered, stage_of(row, today))


@dataclass(frozen=True)
class GroupShare:
    """A group of a survey: how many were asked, how many answered. `code`: the common code, where there is one."""

    key: int
    name: str
    invited: int
    answered: int
    code: str = ""
    classes: tuple[SchoolClass, ...] = ()

    @property
    def spaced(self) -> str:
        """«1234 5678 9012»."""
        return " ".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))


def group_shares(campaign: SurveyCampaign, served: Sequence[SchoolClass]) -> list[GroupShare]:
    """Of an anonymous survey, the groups in which the person serves a class. Two queries."""
    keys = {one.pk for one in served}
    rows = campaign.groups.select_related("tally").prefetch_related("classes__school_class")
    told = []
    for row in rows:
        classes = tuple(one.school_class for one in row.classes.all() if one.school_class_id in keys)
        if classes:
            told.append(GroupShare(row.pk, row.name, row.invited, row.tally.answered, row.code or "", classes))
    return told


@dataclass(frozen=True)
class PupilSheet:
    """A pupil in a named survey: the answer where there is one, and what the person may do."""

    pupil: Pupil
    seat: str
    sheet: int | None
    on: date | None
    may_read: bool
    may_write: bool


def pupil_sheets(user: User, campaign: SurveyCampaign) -> list[PupilSheet]:
    """Those whose answers the person reads or writes down; what was answered is not here. Three queries."""
    if campaign.audience.anonymous:
        return []
    today = campaign.school.today()
    sheets = SurveySheet.objects.filter(campaign=campaign, pupil=OuterRef("pk"), withdrawn_at__isnull=True)
    seats = Enrolment.objects.on(today).filter(pupil=OuterRef("pk")).values("school_class__name")[:1]
    asked = Enrolment.objects.on(today).filter(school_class__in=campaign.classes.values("school_class"))
    reads, writes = sheet_pupils(user, campaign), answering_pupils(user, campaign)
    told = Subquery(sheets.values("pk")[:1]), Subquery(sheets.values("on")[:1])
    here = Q(pk__in=asked.values("pupil")) | Exists(sheets)
    rows = reads.filter(here).annotate(sheet_key=told[0], sheet_on=told[1], seat=Subquery(seats)).order_by("sort_key")
    writable = set(writes.order_by().values_list("pk", flat=True))
    opens = campaign.state == CampaignState.OPEN
    return [
        PupilSheet(row, row.seat or "", row.sheet_key, row.sheet_on, True, opens and row.pk in writable)
        for row in rows
        if row.sheet_key is not None or row.pk in writable
    ]


@dataclass(frozen=True)
class FormLine:
    """A questionnaire of the school in the list."""

    key: int
    title: str
    version: int
    audience: str
    questions: int
    used: int
    away: bool


def form_lines(school: School) -> list[FormLine]:
    """Questionnaires that the school has, those put away last. One query."""
    newest = QuestionnaireVersion.objects.filter(questionnaire=OuterRef("pk")).order_by("-number")
    rows = Questionnaire.objects.filter(school=school).annotate(
        title=Subquery(newest.values("title")[:1]),
        number=Subquery(newest.values("number")[:1]),
        questions=Subquery(newest.annotate(n=Count("questions")).values("n")[:1]),
        used=Count("versions__campaigns", distinct=True),
    )
    ordered = rows.order_by(F("archived_at").asc(nulls_first=True), "pk")
    return [
        FormLine(
            row.pk, row.title, row.number, Audience(row.audience).label, row.questions, row.used, bool(row.archived_at)
        )
        for row in ordered
    ]


def shipped_left(school: School) -> list[Shipped]:
    """Shipped questionnaires that the school has not taken yet. One query."""
    taken = Questionnaire.objects.filter(school=school, archived_at__isnull=True).values_list("shipped", flat=True)
    return [one for code, one in SHIPPED.items() if code not in set(taken)]


def open_for_class(user: User) -> QuerySet[SurveyCampaign]:
    """Open surveys of the class teacher's class, each with `printed` (slips of the class were) and
    `waits` (in a named survey, how many pupils of the own class have no answer)."""
    led = led_classes(user).order_by().values("pk")
    slips = SurveySlip.objects.filter(campaign=OuterRef("pk"), school_class__in=led)
    asked = SurveyClass.objects.filter(campaign=OuterRef("pk"), school_class__in=led)
    waits = _without_answer(user).filter(school_class__in=led).order_by().values("school_class__school")
    return (
        surveys_for(user)
        .filter(Exists(asked), state=CampaignState.OPEN)
        .annotate(
            printed=Exists(slips),
            waits=Coalesce(Subquery(waits.annotate(number=Count("pk")).values("number")), 0),
        )
        .order_by("ends", "pk")
    )


def _without_answer(user: User) -> QuerySet[Enrolment]:
    """Seats of the outer survey's classes whose pupils are asked by name and have no answer; about causes those in the
    registry are asked (as `answering_pupils`)."""
    today = access_of(user).today or date.min
    done = SurveySheet.objects.filter(campaign=OuterRef(OuterRef("pk")), withdrawn_at__isnull=True)
    listed = RegistryEntry.objects.filter(period__year=OuterRef(OuterRef("year"))).exclude(state__in=OUT)
    asked = SurveyClass.objects.filter(campaign=OuterRef(OuterRef("pk")), school_class=OuterRef("school_class"))
    whose = ExpressionWrapper(OuterRef("version__questionnaire__audience"), CharField())
    seats = Enrolment.objects.on(today).annotate(whose=whose)
    return seats.filter(
        Q(whose=Audience.PUPIL) | (Q(whose=Audience.TEACHER) & Q(Exists(listed.filter(pupil=OuterRef("pupil"))))),
        Exists(asked),
        ~Exists(done.filter(pupil=OuterRef("pupil"))),
        pupil__in=pupils_for(user).order_by().values("pk"),
    )
