"""The register of programs, partners of the network and their agreements. Taken back: `removing.fact_remove`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.authorship import deed
from common.errors import Refused
from iom.models import NetworkPartner, PartnerAgreement, Program
from iom.programs import LevelWord, ProgramKind
from iom.rules.programs import year_later
from iom.services.removing import fact_remove, standing_row
from school.models import School, Staff, Subject, User


@dataclass(frozen=True)
class ProgramDraft:
    """What the register keeps of a program. Approved when both `paper_number` and `approved_on` are given."""

    kind: ProgramKind
    title: str
    levels: Sequence[LevelWord]
    starts: date
    ends: date | None = None
    subject: Subject | None = None
    network: bool = False
    partner: NetworkPartner | None = None
    literacy: bool = False
    where: str = ""
    leader: Staff | None = None
    hours: Decimal | None = None
    paper_number: str = ""
    approved_on: date | None = None


@dataclass(frozen=True)
class AgreementDraft:
    """An agreement with a partner; without `ends` it has no term."""

    number: str
    signed_on: date
    starts: date
    ends: date | None = None
    about: str = ""


@deed
def program_add(*, by: User, school: School, draft: ProgramDraft) -> Program:
    """Put a program into the register. Raises `Refused` for days out of order or half an approval."""
    row = Program(school=school, by=by, at=school.now())
    return _fill(row, draft)


@deed
def program_change(*, by: User, program: Program, draft: ProgramDraft) -> Program:
    """Correct a program. Raises as `program_add`, and for one that was taken back."""
    row = standing_row(program)
    row.version += 1
    return _fill(row, draft)


@deed
def programs_copy(*, by: User, programs: Sequence[Program]) -> int:
    """The same programs for a year more, as drafts without an approval; returns how many.

    A partner who was taken back and a leader who has left are not copied. Raises `Refused` when none is chosen.
    """
    if not programs:
        raise Refused("Отметьте программы, которые продолжаются.")
    for one in programs:
        school = one.school
        gone = one.leader is not None and one.leader.left_on is not None and one.leader.left_on <= school.today()
        draft = ProgramDraft(
            kind=ProgramKind(one.kind),
            title=one.title,
            levels=[LevelWord(code) for code in one.levels],
            starts=year_later(one.starts),
            ends=year_later(one.ends) if one.ends is not None else None,
            subject=one.subject,
            network=one.network,
            partner=one.partner if one.partner is not None and one.partner.removed_at is None else None,
            literacy=one.literacy,
            where=one.where,
            leader=None if gone else one.leader,
            hours=one.hours,
        )
        program_add(by=by, school=school, draft=draft)
    return len(programs)


@deed
def partner_keep(*, by: User, school: School, name: str, gives: str, partner: NetworkPartner | None = None) -> None:
    """Write a partner down, or correct it. Raises `Refused` for a name that the school has already."""
    same = NetworkPartner.objects.filter(school=school, name=name, removed_at__isnull=True)
    if same.exclude(pk=partner.pk if partner else 0).exists():
        raise Refused("Такой партнёр уже есть: откройте его в списке.")
    row = standing_row(partner) if partner else NetworkPartner(school=school, by=by, at=school.now())
    row.name, row.gives = name, gives
    row.save()


@deed
def partner_remove(*, by: User, partner: NetworkPartner, why: str) -> None:
    """Take a partner back. Raises `Refused` while a program of the register names it."""
    if partner.programs.filter(removed_at__isnull=True).exists():
        raise Refused("С этим партнёром есть программы: сначала уберите его из них.")
    fact_remove(by=by, row=partner, why=why)


@deed
def agreement_keep(
    *, by: User, partner: NetworkPartner, draft: AgreementDraft, agreement: PartnerAgreement | None = None
) -> None:
    """Write an agreement down, or correct it. Raises `Refused` for days out of order."""
    _in_order(draft.starts, draft.ends)
    row = standing_row(agreement) if agreement else None
    row = row or PartnerAgreement(school=partner.school, partner=partner, by=by, at=partner.school.now())
    row.number, row.signed_on, row.about = draft.number, draft.signed_on, draft.about
    row.starts, row.ends = draft.starts, draft.ends
    row.save()


def _fill(row: Program, draft: ProgramDraft) -> Program:
    _in_order(draft.starts, draft.ends)
    if bool(draft.paper_number) != (draft.approved_on is not None):
        raise Refused("Утверждение — это и номер приказа, и его дата. Укажите оба или ни одного.")
    if draft.partner is not None and not draft.network:
        raise Refused("Партнёр указан, а сетевая форма не отмечена. Отметьте её или уберите партнёра.")
    row.kind, row.title, row.levels = draft.kind, draft.title, [str(one) for one in draft.levels]
    row.starts, row.ends, row.subject = draft.starts, draft.ends, draft.subject
    row.network, row.partner, row.literacy = draft.network, draft.partner, draft.literacy
    row.where, row.leader, row.hours = draft.where, draft.leader, draft.hours
    row.paper_number, row.approved_on = draft.paper_number, draft.approved_on
    row.save()
    return row


def _in_order(starts: date, ends: date | None) -> None:
    if ends is not None and ends < starts:
        raise Refused("Срок заканчивается раньше, чем начинается. Проверьте даты.")
