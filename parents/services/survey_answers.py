"""Taking answers: by a code, from a paper sheet, of a named person.

Of an anonymous person nothing is kept but sums: one row of the group is added to, own words are laid among the others
in alphabetical order. A slip is spent in the same transaction, so that of two who send one code at once the second
is told; nothing else is written about the deed (docs/decisions/0037-anonymous-surveys.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from common.authorship import deed
from common.errors import Refused
from parents.models import SurveyCampaign, SurveyGroup, SurveySheet, SurveySlip, SurveyTally, SurveyWords
from parents.permissions_surveys import answering_pupils
from parents.rules.surveys import Answers, Asked, counted_in, takes_answers
from parents.services.questionnaires import questions_of
from parents.services.surveys import code_hash, standing_sheets
from parents.survey_words import CODE_DIGITS, Audience, CampaignState, SheetWay
from risk_registry.categories import EntryState
from risk_registry.causes import CauseMethod, Established
from risk_registry.models import RegistryEntry
from risk_registry.selectors.registry import OUT
from risk_registry.services.causes import causes_add
from school.models import Pupil, User

USED = "По этому коду уже ответили. Один талон — один ответ."
FULL = "По общему коду этого класса уже пришло столько ответов, сколько приглашено."
SHUT = "Этот опрос сейчас не принимает ответов."
_NEED_CLOSED = "Опрос закрыт: ответы больше не принимаются."


@dataclass(frozen=True)
class Invited:
    """To what a code leads: a group of an anonymous survey, or a pupil of a named one."""

    campaign: SurveyCampaign
    group: SurveyGroup | None
    pupil: Pupil | None
    slip: SurveySlip | None


def digits_of(text: str) -> str:
    """The code as somebody typed it, «1234 5678-9012»; empty when it can be none."""
    digits = "".join(sign for sign in text[:40] if sign.isascii() and sign.isdigit())
    return digits if len(digits) == CODE_DIGITS else ""


def invited_by(code: str) -> Invited | None:
    """What the code opens, None for one that nobody was given. Raises `Refused` for a used one, or out of days."""
    found = _slip(code) or _group(code)
    if found is None:
        if SurveyTally.objects.filter(spent__contains=[code_hash(code)]).exists():
            raise Refused(USED)
        return None
    campaign = found.campaign
    if not takes_answers(campaign.state, campaign.begins, campaign.ends, campaign.school.today()):
        raise Refused(SHUT)
    if found.slip is not None and found.slip.used:
        raise Refused(USED)
    return found


def _slip(code: str) -> Invited | None:
    rows = SurveySlip.objects.select_related("campaign__school", "campaign__version__questionnaire", "group", "pupil")
    slip = rows.filter(hash=code_hash(code)).first()
    return Invited(slip.campaign, slip.group, slip.pupil, slip) if slip is not None else None


def _group(code: str) -> Invited | None:
    rows = SurveyGroup.objects.select_related("campaign__school", "campaign__version__questionnaire")
    group = rows.filter(code=code).first()
    return Invited(group.campaign, group, None, None) if group is not None else None


@transaction.atomic
def answer_by_code(*, code: str, answers: Answers) -> None:
    """Take the answers of whoever holds the code. Raises `Refused` as `invited_by` does, and for an unknown code."""
    held = SurveySlip.objects.select_for_update().filter(hash=code_hash(code))
    list(held.values_list("pk", flat=True))  # the second of two waits here
    found = invited_by(code)
    if found is None:
        raise Refused("Такого кода нет.")
    if found.pupil is not None:
        _write_sheet(found.campaign, found.pupil, answers, SheetWay.SLIP, None)
    elif found.group is not None:
        _add(found.group, questions_of(found.campaign.version), answers, found.slip, limited=found.slip is None)


def _spend(tally: SurveyTally, slip: SurveySlip) -> None:
    """The slip leaves its table; that it was used stands in the one row of its group."""
    tally.spent = sorted([*tally.spent, slip.hash])
    key = str(slip.school_class_id)
    tally.used = {**tally.used, key: tally.used.get(key, 0) + 1}
    slip.delete()


def _add(
    group: SurveyGroup, asked: Sequence[Asked], answers: Answers, slip: SurveySlip | None = None, *, limited: bool
) -> None:
    tally = SurveyTally.objects.select_for_update().get(group=group)
    if limited and tally.answered >= group.invited:
        raise Refused(FULL)
    if slip is not None:
        _spend(tally, slip)
    tally.answered += 1
    tally.counts = counted_in(tally.counts, asked, answers)
    tally.save()
    told = {key: answer for key, answer in answers.items() if isinstance(answer, str)}
    words = SurveyWords.objects.select_for_update().get(campaign=group.campaign_id)
    for key, text in told.items():
        words.texts[key] = sorted([*words.texts.get(key, ()), text])
    words.save()  # always: a row that only some answers touch would tell whose they are


@deed
def paper_add(*, by: User, group: SurveyGroup, answers: Answers) -> None:
    """Count a paper sheet. Raises `Refused` once the survey is closed; late sheets are taken until then."""
    campaign = SurveyCampaign.objects.select_for_update().select_related("version").get(pk=group.campaign_id)
    if campaign.state != CampaignState.OPEN:
        raise Refused(_NEED_CLOSED)
    _add(group, questions_of(campaign.version), answers, limited=False)


@deed
def sheet_write(*, by: User, campaign: SurveyCampaign, pupil: Pupil, answers: Answers) -> SurveySheet:
    """What a pupil said, written down by the class teacher or a psychologist; what a class teacher thinks of a pupil.

    Raises `Refused` when it is not this person's to write, the survey is not open, or there is an answer already.
    """
    row = SurveyCampaign.objects.select_for_update(of=("self",)).select_related("school", "version__questionnaire")
    found = row.get(pk=campaign.pk)
    if found.state != CampaignState.OPEN:
        raise Refused(_NEED_CLOSED)
    if not answering_pupils(by, found).filter(pk=pupil.pk).exists():
        raise Refused("Об этом ученике отвечает его классный руководитель.")
    way = SheetWay.OWN if found.audience == Audience.TEACHER else SheetWay.HAND
    return _write_sheet(found, pupil, answers, way, by)


def _write_sheet(
    campaign: SurveyCampaign, pupil: Pupil, answers: Answers, way: SheetWay, by: User | None
) -> SurveySheet:
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    if standing_sheets(campaign).filter(pupil=pupil).exists():
        raise Refused("Ответ уже записан. Чтобы записать другой, сначала отзовите его.")
    SurveySlip.objects.filter(campaign=campaign, pupil=pupil).update(used=True)
    return SurveySheet.objects.create(
        school=campaign.school,
        campaign=campaign,
        pupil=pupil,
        teacher=by.staff if by is not None and way == SheetWay.OWN else None,
        answers={key: list(answer) if isinstance(answer, tuple) else answer for key, answer in answers.items()},
        way=way,
        on=campaign.school.today(),
        by=by,
        at=campaign.school.now(),
    )


@deed
def sheet_withdraw(*, by: User, sheet: SurveySheet, why: str) -> None:
    """Take a sheet back with the reason; it stays. Raises `Refused` when it is taken back already."""
    row = SurveySheet.objects.select_for_update(of=("self",)).select_related("school").get(pk=sheet.pk)
    if row.withdrawn_at is not None:
        raise Refused("Эти ответы уже отозваны.")
    if not why.strip():
        raise Refused("Напишите, почему ответы отзываются.")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = row.school.now(), by, why.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])


@deed
def sheet_causes_take(*, by: User, sheet: SurveySheet, codes: Sequence[str]) -> int:
    """Put causes that the class teacher named into the pupil's entry of the registry; how many are new there.

    Raises `Refused` when none is chosen, the sheet was taken back, or the pupil has no entry.
    """
    row = SurveySheet.objects.select_for_update(of=("self",)).select_related("school", "pupil").get(pk=sheet.pk)
    if row.withdrawn_at is not None:
        raise Refused("Эти ответы отозваны.")
    if not codes:
        raise Refused("Отметьте хотя бы одну причину.")
    entry = standing_entry(row.pupil)
    if entry is None:
        raise Refused("Ученика нет в реестре: причины записываются о тех, кто в нём.")
    told = Established(CauseMethod.QUESTIONNAIRE, row.on)
    new = causes_add(by=by, entries=[entry], codes=codes, told=told)
    row.taken_at = row.school.now()
    row.save(update_fields=["taken_at"])
    return new


def standing_entry(pupil: Pupil) -> RegistryEntry | None:
    """The newest entry of the pupil that is in the registry."""
    rows = RegistryEntry.objects.filter(pupil=pupil).exclude(state__in=[EntryState(state).value for state in OUT])
    return rows.select_related("school", "pupil", "period").order_by("-period__starts", "-pk").first()
