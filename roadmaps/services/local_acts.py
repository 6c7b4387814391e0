"""The register of local acts: entered, corrected, led on with grounds, shown by files."""

from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from documents.services.attachments import attachment_keep
from iom.models import PartnerAgreement
from roadmaps.act_words import ActDeed, ActKind, ActState
from roadmaps.act_workflow import ACT, EDITABLE
from roadmaps.models import LocalAct, LocalActFile, LocalActStep, PsychAgreement
from roadmaps.rules.demanded import BY_CODE
from school.models import School, User

FILE = "roadmaps.local_act"
_CHANGED = "Пока вы решали, акт изменили: обновите страницу. Ничего не записано."


@dataclass(frozen=True)
class ActDraft:
    """What a person enters."""

    kind: ActKind
    title: str
    answers: str = ""
    ends: date | None = None


@deed
def act_enter(*, by: User, school: School, draft: ActDraft) -> LocalAct:
    """A new act, a draft. Raises `Refused` without a title or for an unknown demand."""
    row = LocalAct(school=school, by=by, at=school.now())
    _fill(row, draft)
    row.save()
    _keep(by, row, ActDeed.ENTER, "", "")
    return row


@deed
def act_edit(*, by: User, act: LocalAct, version: int, draft: ActDraft) -> LocalAct:
    """Correct an act that is not in force yet. Raises `Refused` otherwise, and when somebody was quicker."""
    row = _locked(act, version)
    if row.state not in EDITABLE:
        raise Refused("Действующий акт не правят: внесите новый, а этот отметьте утратившим силу.")
    _fill(row, draft)
    row.version += 1
    row.save()
    _keep(by, row, ActDeed.EDIT, row.state, "")
    return row


@deed
def act_step(
    *,
    by: User,
    act: LocalAct,
    version: int,
    what: ActDeed,
    grounds: str = "",
    number: str = "",
    on: date | None = None,
) -> LocalAct:
    """Adopt, approve (with number and day), enact (from a day), repeal, return to a draft; on what grounds.

    Raises `Refused` where the state has no such way, without grounds, number or day, for a day to come at approval.
    """
    row = _locked(act, version)
    transition = ACT.step(what, row.state, grounds)
    if what == ActDeed.APPROVE:
        _approve(row, number, on)
    elif what == ActDeed.ENACT:
        _enact(row, on)
    elif what == ActDeed.RETURN:
        row.number, row.on = "", None
    row.state, row.version = ActState(transition.target), row.version + 1
    row.save()
    _keep(by, row, what, transition.source, grounds)
    return row


def _approve(row: LocalAct, number: str, on: date | None) -> None:
    if not number.strip() or on is None:
        raise Refused("Назовите номер и дату, которыми акт утверждён.")
    if on > row.school.today():
        raise Refused("Дата утверждения ещё не наступила.")
    row.number, row.on = number.strip(), on


def _enact(row: LocalAct, on: date | None) -> None:
    if on is None or row.on is None or on < row.on:
        raise Refused("Акт действует не раньше дня, когда он утверждён: исправьте дату.")
    if on > row.school.today():
        raise Refused("Этот день ещё не наступил: отметьте, когда акт начнёт действовать.")
    if row.ends is not None and on > row.ends:
        raise Refused("Акт начал бы действовать позже своего последнего дня: исправьте срок.")
    row.starts = on


@deed
def act_file_add(*, by: User, act: LocalAct, title: str, content: bytes) -> LocalActFile:
    """Attach the act for good. Raises `Refused` when it is no PDF, JPEG or PNG by its content, or too large."""
    row = LocalAct.objects.select_for_update(of=("self",)).select_related("school").get(pk=act.pk)
    words = title.strip() or row.title[:150]
    made = LocalActFile(act=row, title=words, by=by, at=row.school.now())
    made.file = attachment_keep(by=by, school=row.school, kind=FILE, params={}, title=words[:100], content=content)
    made.save()
    made.file.params = {"local_act_file": made.pk}  # whoever fetches it is asked about this very row
    made.file.save(update_fields=["params"])
    return made


@deed
def act_file_withdraw(*, by: User, file: LocalActFile, why: str) -> None:
    """It was attached by mistake: no longer shown nor handed out. Raises `Refused` without why."""
    if not why.strip():
        raise Refused("Напишите, почему файл снят.")
    row = LocalActFile.objects.select_for_update(of=("self",)).select_related("act__school").get(pk=file.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_why = row.act.school.now(), why.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_why"])


@deed
def agreement_mark(*, by: User, agreement: PartnerAgreement, psych: bool) -> None:
    """Say that the partner of this agreement helps psychologically, or take it back."""
    if not psych:
        PsychAgreement.objects.filter(agreement=agreement).delete()
        return
    told = {"school": agreement.school, "by": by, "at": agreement.school.now()}
    PsychAgreement.objects.get_or_create(agreement=agreement, defaults=told)


def _fill(row: LocalAct, draft: ActDraft) -> None:
    if not draft.title.strip():
        raise Refused("Напишите название.")
    if draft.answers and draft.answers not in BY_CODE:
        raise Refused("Источники такого акта не требуют: выберите из списка.")
    row.kind, row.title = draft.kind, draft.title.strip()
    row.answers, row.ends = draft.answers, draft.ends


def _locked(act: LocalAct, version: int) -> LocalAct:
    row = LocalAct.objects.select_for_update(of=("self",)).select_related("school").get(pk=act.pk)
    if row.version != version:
        raise Refused(_CHANGED)
    return row


def _keep(by: User, row: LocalAct, what: ActDeed, source: str, comment: str) -> None:
    LocalActStep.objects.create(
        act=row, deed=what, from_state=source, to_state=row.state, by=by, at=row.school.now(),
        comment=comment.strip(), version=row.version,
    )  # fmt: skip
