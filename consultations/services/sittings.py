"""Sittings: planned, moved, held, cancelled, signed, opened again for a correction."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet

from common.authorship import deed
from common.errors import Refused
from consultations.councils import CouncilKind, PetitionState, SittingDeed, SittingState
from consultations.models import Council, Sitting, SittingProtocol
from consultations.reports.protocol import protocol_content, protocol_paper
from consultations.services.agenda_petitions import agenda_take_back, check_agenda_days, petitions_of
from consultations.services.sitting_steps import (
    members_invite,
    sitting_locked,
    sitting_move_state,
    sitting_seen,
    step_note,
)
from documents.services.numbers import number_next
from school.models import Consent, User
from school.purposes import Purpose


@dataclass(frozen=True)
class SittingPlan:
    """When, where, about what in general."""

    on: date
    topic: str
    by_plan: bool = True
    starts_at: time | None = None
    room: str = ""


@deed
def sitting_plan(*, by: User, council: Council, plan: SittingPlan) -> Sitting:
    """Put a sitting into the plan; its members of that day are invited. Raises `Refused` out of the year."""
    council = Council.objects.select_for_update(of=("self",)).select_related("school", "year").get(pk=council.pk)
    if council.ended_on is not None:
        raise Refused("Совет закрыт: заседаний больше не назначают.")
    sitting = Sitting(school=council.school, council=council, created_by=by, created_at=council.school.now())
    _fill(sitting, plan)
    step_note(by, sitting, "plan", before="")
    members_invite(sitting)
    return sitting


@deed
def sitting_move(*, by: User, sitting: Sitting, plan: SittingPlan) -> Sitting:
    """Change day, time, place or topic of a planned sitting; of a held one the topic and kind alone."""
    row = sitting_locked(sitting.pk)
    if row.state == SittingState.SIGNED:
        raise Refused("Протокол подписан: чтобы исправить его, сначала откройте протокол для исправления.")
    before = f"{row.on:%d.%m.%Y}"
    if row.state == SittingState.HELD and plan.on > row.school.today():
        raise Refused("Проведённое заседание не могло быть в будущем. Проверьте дату.")
    moved = row.on != plan.on
    _fill(row, plan)
    check_agenda_days(row)
    step_note(by, row, "move", f"с {before} на {row.on:%d.%m.%Y}" if moved else "")
    if moved and row.state == SittingState.PLANNED:
        members_invite(row)
    return row


def _fill(row: Sitting, plan: SittingPlan) -> None:
    year = row.council.year
    if not year.starts <= plan.on <= year.ends:
        raise Refused(f"День заседания — внутри учебного года {year}. Проверьте дату.")
    if _others(row).filter(on=plan.on, starts_at=plan.starts_at).exists():
        raise Refused("На это время заседание этого совета уже назначено: добавьте вопрос в его повестку.")
    row.on, row.starts_at, row.room = plan.on, plan.starts_at, plan.room
    row.topic, row.by_plan = plan.topic, plan.by_plan


def _others(row: Sitting) -> QuerySet[Sitting]:
    return row.council.sittings.exclude(pk=row.pk).exclude(state=SittingState.CANCELLED)


@deed
def sitting_hold(*, by: User, sitting: Sitting, version: int) -> Sitting:
    """It took place and gets its protocol's number. Raises `Refused` before its day, without agenda or consents."""
    row = sitting_seen(sitting, version)
    if row.on > row.school.today():
        raise Refused("Этот день ещё не наступил. Если заседание было раньше, перенесите его на тот день.")
    if not row.questions.exists():
        raise Refused("В повестке нет вопросов: добавьте хотя бы один.")
    _check_consents(row)
    check_agenda_days(row)
    members_invite(row)
    if row.number is None:
        year = row.council.year.start
        row.number = number_next(school=row.school, kind=f"council.{row.council.kind}", year=year)
    sitting_move_state(by, row, SittingDeed.HOLD)
    return row


def _check_consents(row: Sitting) -> None:
    """Parents may have withdrawn their consent since the question was put."""
    if row.council.kind != CouncilKind.PPK:
        return
    given = Consent.objects.in_force(row.on).filter(purpose=Purpose.PSYCHOLOGICAL_HELP).values("pupil")
    lacking = row.questions.filter(pupil__isnull=False).exclude(pupil__in=given).select_related("pupil")
    names = [question.pupil.list_name for question in lacking if question.pupil is not None]
    if names:
        raise Refused(
            "Нет действующего согласия родителей на психолого-педагогическую помощь. "
            "Запишите согласие или снимите вопрос с повестки.",
            names,
        )


@deed
def sitting_cancel(*, by: User, sitting: Sitting, version: int, why: str) -> Sitting:
    """It will not take place, with the reason; its petitions wait again."""
    row = sitting_seen(sitting, version)
    sitting_move_state(by, row, SittingDeed.CANCEL, why)
    petitions_of(row).update(state=PetitionState.SENT)
    return row


@deed
def sitting_return(*, by: User, sitting: Sitting, version: int, why: str = "") -> Sitting:
    """Back to the plan: what was cancelled, or called held by mistake. Raises `Refused` once a protocol was signed.

    Questions whose petitions went elsewhere while it was cancelled leave its agenda; the step tells of it.
    """
    row = sitting_seen(sitting, version)
    if row.protocols.exists():
        raise Refused("У заседания уже есть подписанный протокол: исправьте его новой версией.")
    if _others(row).filter(on=row.on, starts_at=row.starts_at).exists():
        raise Refused("На это время уже назначено другое заседание этого совета: поставьте вопросы в его повестку.")
    left = agenda_take_back(row) if row.state == SittingState.CANCELLED else ""
    check_agenda_days(row)
    sitting_move_state(by, row, SittingDeed.RETURN, ". ".join(part for part in (why.strip(), left) if part))
    return row


@deed
def sitting_sign(*, by: User, sitting: Sitting, version: int, on: date) -> SittingProtocol:
    """Freeze the protocol as it stands. Raises `Refused` for a day before the sitting or to come."""
    row = sitting_seen(sitting, version)
    if on < row.on or on > row.school.today():
        raise Refused("Протокол подписывают в день заседания или позже, но не будущим числом. Проверьте дату.")
    if row.people.filter(member=True).exists() and not row.people.filter(present=True).exists():
        raise Refused("Отметьте, кто присутствовал на заседании.")
    last = row.protocols.order_by("-version").first()
    why = ""
    if last is not None:
        opened = row.steps.filter(deed=SittingDeed.REOPEN).order_by("-version").first()
        why = opened.comment if opened is not None else ""
    number = last.version + 1 if last is not None else 1
    paper = protocol_paper(row, version=number, signed_on=on, why=why)
    sitting_move_state(by, row, SittingDeed.SIGN)
    petitions_of(row).filter(state=PetitionState.ON_AGENDA).update(state=PetitionState.ANSWERED)
    return SittingProtocol.objects.create(
        sitting=row,
        version=number,
        signed_on=on,
        why=why,
        content=protocol_content(paper),
        by=by,
        at=row.school.now(),
    )


@deed
def sitting_reopen(*, by: User, sitting: Sitting, version: int, why: str) -> Sitting:
    """Open a signed protocol for a correction, with the reason; what was signed stays as it was."""
    row = sitting_seen(sitting, version)
    sitting_move_state(by, row, SittingDeed.REOPEN, why[:300])
    return row
