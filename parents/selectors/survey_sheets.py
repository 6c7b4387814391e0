"""What named people answered. Read here alone, past the log (docs/trust.md, 16)."""

from dataclasses import dataclass

from parents.models import SurveySheet
from parents.permissions_surveys import can_keep_sheet, can_read_sheet
from parents.rules.surveys import Asked
from parents.services.questionnaires import questions_of
from parents.survey_words import Ask, Audience, CampaignState
from risk_registry.causes import KINDS
from school.models import User
from school.restricted import restricted_kind
from school.services.reading import log_reading

SURVEY_SHEET = restricted_kind("survey_sheet", "ответы на анкету")


@dataclass(frozen=True)
class AnswerLine:
    """A question with what was answered to it, in words; empty where nothing was."""

    question: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class SheetPage:
    """One sheet. `causes`: those of the registry that were named, with their words."""

    sheet: SurveySheet
    lines: tuple[AnswerLine, ...]
    causes: tuple[tuple[str, str], ...]
    keeps: bool


def sheet_page(user: User, key: int) -> SheetPage | None:
    """The sheet of a visible pupil for those who may read it, logged before it is fetched; else None."""
    rows = SurveySheet.objects.visible_to(user).select_related(
        "campaign__school", "campaign__version__questionnaire", "pupil", "by__staff", "teacher", "withdrawn_by__staff"
    )
    found = rows.defer("answers", "withdrawn_why").filter(pk=key).first()
    if found is None or not can_read_sheet(user, found):
        return None
    log_reading(by=user, pupils=[found.pupil_id], what=SURVEY_SHEET)
    found.refresh_from_db(fields=["answers", "withdrawn_why"])
    asked = questions_of(found.campaign.version)
    keeps = can_keep_sheet(user, found) and found.campaign.state != CampaignState.DRAFT
    return SheetPage(found, tuple(_line(one, found) for one in asked), _causes(asked, found), keeps)


def _line(one: Asked, sheet: SurveySheet) -> AnswerLine:
    answer = sheet.answers.get(one.key, "")
    if one.kind == Ask.TEXT:
        return AnswerLine(one.text, (answer,) if answer else ())
    return AnswerLine(one.text, tuple(one.options[place].text for place in answer or ()))


def _causes(asked: list[Asked], sheet: SurveySheet) -> tuple[tuple[str, str], ...]:
    if sheet.campaign.audience != Audience.TEACHER:
        return ()
    chosen = [one.options[place] for one in asked if one.kind != Ask.TEXT for place in sheet.answers.get(one.key, ())]
    codes = dict.fromkeys(option.cause for option in chosen if option.cause in KINDS)
    return tuple((code, KINDS[code].name) for code in codes)
