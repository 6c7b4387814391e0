"""The results of a closed survey: page, PDF, XLSX and JSON show one dataclass. Blank sheets for paper."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string

from common.errors import Refused
from common.russian import date_short
from common.small_groups import LEAST_GROUP
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from parents.models import QuestionnaireVersion, SurveyCampaign, SurveyClass, SurveySheet, SurveyWords
from parents.permissions_surveys import can_run_surveys, can_see_results
from parents.rules.survey_results import GroupCounts, QuestionResult, Satisfied, results_of, satisfied_of
from parents.rules.surveys import Answer, Asked, Counts, counted_in
from parents.services.questionnaires import questions_of
from parents.survey_words import Audience, CampaignState
from risk_registry.models import RegistryEntry
from risk_registry.selectors.registry import OUT
from school.models import Enrolment, Level

TITLE = "Итоги опроса"
BLANK_TITLE = "Бланк анкеты"
_SHARE = "Доля, %"


@dataclass(frozen=True)
class GroupLine:
    """How many of a group answered; what they answered stands elsewhere, and only where the group is large enough."""

    name: str
    invited: int
    answered: int


@dataclass(frozen=True)
class SurveyReport:
    """What a survey came to."""

    code: str
    school: str
    founder: str
    title: str
    audience: str
    anonymous: bool
    begins: date
    ends: date
    closed_on: date | None
    version: int
    invited: int
    answered: int
    least: int
    groups: tuple[GroupLine, ...]
    questions: tuple[QuestionResult, ...]
    satisfied: Satisfied | None

    @property
    def hidden(self) -> bool:
        """Whether something of a breakdown is not told."""
        return any(not part.shown for question in self.questions for part in question.parts)


def build_survey(asked: ReportQuery) -> SurveyReport:
    """Of the survey `extra["survey"]`; else the newest closed one without names.

    Raises `Refused` when there is none that the person may see, or it is still open.
    """
    rows = SurveyCampaign.objects.filter(school=asked.school).select_related("school", "version__questionnaire", "year")
    if "survey" in asked.extra:
        campaign = rows.filter(pk=asked.extra["survey"]).first()
    else:
        closed = rows.filter(state=CampaignState.CLOSED, groups__isnull=False)
        campaign = closed.order_by("-closed_on", "-pk").first()
    if campaign is None or (asked.user is not None and not can_see_results(asked.user, campaign)):
        raise Refused("Такого опроса нет, или он ещё не закрыт.")
    if campaign.state != CampaignState.CLOSED:
        raise Refused("Итоги видны, когда опрос закрыт.")
    return survey_report(campaign)


def survey_report(campaign: SurveyCampaign) -> SurveyReport:
    """Of a closed survey; who may see it is asked before."""
    questions = questions_of(campaign.version)
    anonymous = campaign.audience.anonymous
    groups = _counted(campaign) if anonymous else _named(campaign, questions)
    texts = _texts(campaign, questions) if anonymous else {}
    shown = [one for one in questions if anonymous or one.options]
    return SurveyReport(
        code=campaign.school.code,
        school=campaign.school.official_name,
        founder=campaign.school.founder,
        title=campaign.version.title,
        audience=campaign.audience.label,
        anonymous=anonymous,
        begins=campaign.begins,
        ends=campaign.ends,
        closed_on=campaign.closed_on,
        version=campaign.version.number,
        invited=sum(one.invited for one in groups),
        answered=sum(one.answered for one in groups),
        least=LEAST_GROUP,
        groups=tuple(GroupLine(one.name, one.invited, one.answered) for one in groups),
        questions=tuple(results_of(shown, groups, texts)),
        satisfied=satisfied_of(questions, groups),
    )


def _counted(campaign: SurveyCampaign) -> list[GroupCounts]:
    rows = campaign.groups.select_related("tally").order_by("pk")
    return [
        GroupCounts(
            row.name, Level(row.level).label if row.level else "", row.invited, row.tally.answered, row.tally.counts
        )
        for row in rows
    ]


def _texts(campaign: SurveyCampaign, questions: list[Asked]) -> dict[str, list[str]]:
    words = SurveyWords.objects.filter(campaign=campaign).first()
    return words.texts if words is not None else {}


def _named(campaign: SurveyCampaign, questions: list[Asked]) -> list[GroupCounts]:
    """Sheets of named people, as sums by class; own words are nobody's but their readers'."""
    day = campaign.closed_on or campaign.school.today()
    classes = list(SurveyClass.objects.filter(campaign=campaign).select_related("school_class"))
    keys = [one.school_class_id for one in classes]
    seats = Enrolment.objects.on(day).filter(school_class__in=keys).values_list("pupil", "school_class")
    where = dict(seats if campaign.audience != Audience.TEACHER else seats.filter(pupil__in=_in_registry(campaign)))
    counts: dict[int, Counts] = {}
    answered: dict[int, int] = {}
    for pupil, answers in _sheets(campaign):
        key = where.get(pupil, 0)
        counts[key] = counted_in(counts.get(key, {}), questions, answers)
        answered[key] = answered.get(key, 0) + 1
    told = [(one.school_class_id, str(one.school_class), one.school_class.level.label) for one in classes]
    told += [(0, "Выбывшие и переведённые", "")] if 0 in answered else []
    invited = list(where.values())
    return [
        GroupCounts(name, level, invited.count(key), answered.get(key, 0), counts.get(key, {}))
        for key, name, level in told
    ]


def _in_registry(campaign: SurveyCampaign) -> QuerySet[RegistryEntry, Any]:
    """About whom a class teacher is asked."""
    inside = RegistryEntry.objects.filter(school=campaign.school_id, period__year=campaign.year_id)
    return inside.exclude(state__in=OUT).values("pupil")


def _sheets(campaign: SurveyCampaign) -> Iterator[tuple[int, dict[str, Answer]]]:
    rows = SurveySheet.objects.filter(campaign=campaign, withdrawn_at__isnull=True).order_by("pk")
    for pupil, answers in rows.values_list("pupil", "answers"):
        yield pupil, {key: answer if isinstance(answer, str) else tuple(answer) for key, answer in answers.items()}


def survey_pdf(report: SurveyReport) -> bytes:
    """Portrait A4: totals, each question with its bars, the breakdown."""
    return render_pdf(render_to_string("parents/survey_print.html", {"report": report}))


def survey_xlsx(report: SurveyReport) -> bytes:
    """Answers, the breakdown, own words: a sheet each."""
    days = f"{date_short(report.begins)}–{date_short(report.ends)}"
    note = f"{report.school}. {report.title}, {days}. Ответили {report.answered} из {report.invited}."
    sheets = [Sheet("Ответы", ("№", "Вопрос", "Ответ", "Ответили", _SHARE), _answer_rows(report), note=note)]
    sheets.append(Sheet("Участие", ("Класс", "Приглашено", "Ответили"), _group_rows(report), note=note))
    if any(question.parts for question in report.questions):
        head = ("№", "Вопрос", "Уровень, класс", "Ответили", "Ответ", "Число")
        sheets.append(Sheet("По классам", head, _part_rows(report), note=note))
    if any(question.texts for question in report.questions):
        sheets.append(Sheet("Свои слова", ("№", "Вопрос", "Ответ"), _text_rows(report), note=note))
    return render_xlsx(sheets)


def _answer_rows(report: SurveyReport) -> Iterator[tuple[Cell, ...]]:
    for one in report.questions:
        if not one.shown:
            yield (one.number, one.text, f"меньше {report.least} ответов: не показано", None, None)
        elif not one.options:
            yield (one.number, one.text, "свои слова", one.answered, None)
        for option in one.options:
            yield (one.number, one.text, option.text, option.count, round(option.share, 1))


def _group_rows(report: SurveyReport) -> Iterator[tuple[Cell, ...]]:
    for group in report.groups:
        yield (group.name, group.invited, group.answered)


def _part_rows(report: SurveyReport) -> Iterator[tuple[Cell, ...]]:
    for one in report.questions:
        for part in one.parts:
            if not part.shown:
                yield (one.number, one.text, part.name, None, "скрыто: мало ответов", None)
            for option, count in zip(one.options, part.counts, strict=False):
                yield (one.number, one.text, part.name, part.answered, option.text, count)


def _text_rows(report: SurveyReport) -> Iterator[tuple[Cell, ...]]:
    for one in report.questions:
        for text in one.texts:
            yield (one.number, one.text, text)


def survey_json(report: SurveyReport) -> bytes:
    """The dataclass itself; days are ISO, what is hidden is null or empty."""
    told = asdict(report)
    told["school"] = told.pop("code")
    return json.dumps(told, ensure_ascii=False, default=str, indent=1).encode()


def survey_name(report: SurveyReport) -> str:
    """«Итоги опроса 23.11.2026»."""
    return f"Итоги опроса {report.closed_on:%d.%m.%Y}" if report.closed_on else TITLE


RENDERERS = {"pdf": survey_pdf, "xlsx": survey_xlsx, "json": survey_json}


@dataclass(frozen=True)
class Blank:
    """A questionnaire to be filled in by hand."""

    school: str
    founder: str
    title: str
    intro: str
    anonymous: bool
    questions: tuple[Asked, ...]


def build_blank(asked: ReportQuery) -> Blank:
    """Of the version `extra["version"]` of the school's. Raises `Refused` when there is no such."""
    rows = QuestionnaireVersion.objects.filter(questionnaire__school=asked.school).select_related("questionnaire")
    version = rows.filter(pk=asked.extra.get("version", 0)).first()
    if version is None or (asked.user is not None and not can_run_surveys(asked.user)):
        raise Refused("Такой анкеты нет.")
    campaign = SurveyCampaign(version=version)
    return Blank(
        school=asked.school.official_name,
        founder=asked.school.founder,
        title=version.title,
        intro=version.intro,
        anonymous=campaign.audience.anonymous,
        questions=tuple(questions_of(version)),
    )


def blank_pdf(blank: Blank) -> bytes:
    """One sheet or more, boxes to tick and lines to write on."""
    return render_pdf(render_to_string("parents/survey_blank.html", {"blank": blank}))


def blank_name(blank: Blank) -> str:
    """«Бланк анкеты»."""
    return BLANK_TITLE


BLANK_RENDERERS = {"pdf": blank_pdf}
