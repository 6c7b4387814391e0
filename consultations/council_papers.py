"""Papers of councils as background work: what each is made of, who may have it, whose reading it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from common.errors import Refused
from common.russian import date_long, date_short
from consultations.council_reading import COUNCIL, MEDIATION, PMPK
from consultations.councils import GENITIVE, CouncilKind, MemberRole, SittingState
from consultations.models import (
    CaseParty,
    Conclusion,
    Council,
    Petition,
    Sitting,
    SittingProtocol,
    SittingQuestion,
)
from consultations.permissions_councils import can_petition
from consultations.reports.council_registers import (
    cases_register,
    conclusions_register,
    decisions_of_council,
    decisions_register,
    petitions_of,
    petitions_register,
    pmpk_register,
    referrals_of,
    register_pdf,
    sittings_register,
)
from consultations.reports.protocol import ProtocolPaper, protocol_kept, protocol_paper
from consultations.selectors.council_pupil import pupil_councils
from consultations.selectors.petitions import petition_facts
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.rendering.pdf import render_pdf
from documents.services.files import file_store
from documents.services.jobs import job_request
from school.access import pupils_for
from school.models import Enrolment, Pupil, School, User
from school.selectors_staff import positions_in_words, school_heads
from school.services.reading import log_reading

PAPER = "consultations.council_paper"
_KEEP_DAYS = 7
_GONE = "Этого документа больше нет или он вам недоступен: обновите страницу."


@dataclass(frozen=True)
class Paper:
    """A kind of paper: how it is found for a person, what is in it, whose readings it is (`what`, pupils)."""

    title: str
    find: Callable[[User, int], Any]
    make: Callable[[User, Any], bytes]
    pupils: Callable[[Any], Iterable[int]]
    what: str = COUNCIL


def _school_told(school: School) -> dict[str, Any]:
    return {"founder": school.founder, "school": school.official_name, "day": date_long(school.today())}


def _council_told(council: Council) -> dict[str, Any]:
    named = {"council": council, "of_council": GENITIVE[CouncilKind(council.kind)]}
    return {**_school_told(council.school), **named}


def _approval(school: School) -> list[str]:
    director = school_heads(school).director
    return ["УТВЕРЖДАЮ", "Директор школы", f"______________ {director}", f"«___» __________ {school.today().year} г."]


def protocol_pdf(paper: ProtocolPaper) -> bytes:
    """A protocol as it was signed, or a draft."""
    told = {"paper": paper, "founder": paper.founder, "school": paper.school, "signatures": paper.signatures}
    return render_pdf(render_to_string("consultations/protocol_print.html", told))


def _sitting(user: User, key: int) -> Sitting | None:
    rows = Sitting.objects.visible_to(user).select_related("school", "council__year", "council__school")
    return rows.filter(pk=key, state__in=[SittingState.HELD, SittingState.SIGNED]).first()


def _of_sitting(sitting: Sitting) -> list[int]:
    rows = SittingQuestion.objects.filter(sitting=sitting, pupil__isnull=False)
    return [key for key in rows.values_list("pupil", flat=True) if key is not None]


def _kept(user: User, key: int) -> SittingProtocol | None:
    seen = Sitting.objects.visible_to(user).order_by().values("pk")
    return SittingProtocol.objects.filter(sitting__in=seen, pk=key).select_related("sitting__school").first()


def _conclusion(user: User, key: int) -> Conclusion | None:
    more = ("school", "pupil", "words", "year", "question__sitting__council", "question__petition")
    return Conclusion.objects.visible_to(user).filter(pk=key).select_related(*more).first()


def _conclusion_pdf(user: User, row: Conclusion) -> bytes:
    sitting = row.question.sitting
    paper = protocol_paper(sitting)
    told = {
        **_school_told(row.school),
        "row": row,
        "words": row.words,
        "sitting": sitting,
        "school_class": _class_on(row.pupil, sitting),
        "members": [one for one in paper.present if one.member],
        "signatures": [("Председатель ППк", paper.chair)],
    }
    return render_pdf(render_to_string("consultations/conclusion_print.html", told))


def _class_on(pupil: Pupil, sitting: Sitting) -> str:
    seat = Enrolment.objects.on(sitting.on).filter(pupil=pupil).select_related("school_class").first()
    return str(seat.school_class) if seat is not None else ""


def _petition(user: User, key: int) -> Petition | None:
    rows = Petition.objects.visible_to(user).filter(pk=key)
    return rows.select_related("school", "pupil", "by__staff", "words", "year").first()


def _petition_pdf(user: User, row: Petition) -> bytes:
    seat = Enrolment.objects.on(row.on).filter(pupil=row.pupil).select_related("school_class").first()
    told = {
        **_school_told(row.school),
        "petition": row,
        "words": row.words,
        "school_class": str(seat.school_class) if seat is not None else "",
        "facts": petition_facts(user, row.pupil),
        "signatures": [(row.get_initiator_display().capitalize(), row.by.display_name)],
    }
    return render_pdf(render_to_string("consultations/petition_print.html", told))


def _council(user: User, key: int) -> Council | None:
    return Council.objects.visible_to(user).filter(pk=key).select_related("school", "year").first()


def _inside(user: User, key: int) -> Council | None:
    return Council.objects.inside(user).filter(pk=key).select_related("school", "year").first()


def _plan_pdf(user: User, council: Council) -> bytes:
    rows = council.sittings.filter(by_plan=True).exclude(state=SittingState.CANCELLED).order_by("on", "pk")
    told = {
        **_school_told(council.school),
        "council": council,
        "of_council": GENITIVE[CouncilKind(council.kind)],
        "rows": rows,
        "right": _approval(council.school),
    }
    told["signatures"] = [("Председатель", _chair(council))]
    return render_pdf(render_to_string("consultations/council_plan_print.html", told))


def _chair(council: Council) -> str:
    today = council.school.today()
    found = council.members.filter(role=MemberRole.CHAIR).select_related("staff")
    return next((one.staff.short_name for one in found if one.sits_on(today)), "")


def _composition_pdf(user: User, council: Council) -> bytes:
    today = council.school.today()
    members = council.members.select_related("staff").prefetch_related("staff__positions").order_by("staff__sort_key")
    now = sorted((one for one in members if one.sits_on(today)), key=lambda one: MemberRole.codes().index(one.role))
    rows = [(one.staff.full_name, positions_in_words(one.staff, today), one.get_role_display()) for one in now]
    told = {
        **_school_told(council.school),
        "council": council,
        "of_council": GENITIVE[CouncilKind(council.kind)],
        "rows": rows,
    }
    told["signatures"] = [("Директор школы", school_heads(council.school).director)]
    return render_pdf(render_to_string("consultations/composition_print.html", told))


def _blank_pdf(user: User, council: Council) -> bytes:
    told = {**_council_told(council)}
    return render_pdf(render_to_string("consultations/petition_blank_print.html", told))


def _concluded(council: Council) -> list[int]:
    rows = Conclusion.objects.filter(question__sitting__council=council)
    return list(rows.values_list("pupil", flat=True))


def _journal(user: User, key: int) -> Council | None:
    council = _inside(user, key)
    return council if council is not None and council.kind == CouncilKind.PPK else None


def _referred(council: Council) -> list[int]:
    return list(referrals_of(council).values_list("pupil", flat=True))


def _petitioned(council: Council) -> list[int]:
    return list(petitions_of(council).values_list("pupil", flat=True))


def _decided(council: Council) -> list[int]:
    rows = decisions_of_council(council).filter(pupil__isnull=False).order_by()
    return [key for key in rows.values_list("pupil", flat=True).distinct() if key is not None]


def _mediation(user: User, key: int) -> Council | None:
    council = _inside(user, key)
    return council if council is not None and council.kind == CouncilKind.MEDIATION else None


def _in_cases(council: Council) -> list[int]:
    rows = CaseParty.objects.filter(case__council=council, pupil__isnull=False)
    return [key for key in rows.values_list("pupil", flat=True).order_by().distinct() if key is not None]


def _card(user: User, key: int) -> Pupil | None:
    return pupils_for(user).filter(pk=key).select_related("school").first() if can_petition(user) else None


def _card_pdf(user: User, pupil: Pupil) -> bytes:
    seat = Enrolment.objects.on(pupil.school.today()).filter(pupil=pupil).select_related("school_class").first()
    told = {
        **_school_told(pupil.school),
        "pupil": pupil,
        "school_class": str(seat.school_class) if seat is not None else "",
        "facts": petition_facts(user, pupil),
        "page": pupil_councils(user, pupil),
        "signatures": [("Составил(а)", user.display_name)],
    }
    return render_pdf(render_to_string("consultations/development_print.html", told))


def _nobody(_: Any) -> list[int]:
    return []


def _own(row: Any) -> list[int]:
    return [row.pupil_id]


PAPERS: dict[str, Paper] = {
    "draft": Paper("Протокол (проект)", _sitting, lambda user, row: protocol_pdf(protocol_paper(row)), _of_sitting),
    "protocol": Paper(
        "Протокол",
        _kept,
        lambda user, row: protocol_pdf(protocol_kept(row)),
        lambda row: _of_sitting(row.sitting),
    ),
    "conclusion": Paper("Коллегиальное заключение", _conclusion, _conclusion_pdf, _own),
    "petition": Paper("Представление на обучающегося", _petition, _petition_pdf, _own),
    "blank": Paper("Бланк ходатайства", _council, _blank_pdf, _nobody),
    "plan": Paper("График плановых заседаний", _council, _plan_pdf, _nobody),
    "composition": Paper("Состав", _council, _composition_pdf, _nobody),
    "sittings": Paper(
        "Журнал учёта заседаний", _inside, lambda user, row: register_pdf(sittings_register(row)), _nobody
    ),
    "conclusions": Paper(
        "Журнал заключений", _journal, lambda user, row: register_pdf(conclusions_register(row)), _concluded
    ),
    "pmpk": Paper(
        "Журнал направлений на ПМПК", _journal, lambda user, row: register_pdf(pmpk_register(row)), _referred, PMPK
    ),
    "petitions": Paper(
        "Журнал ходатайств", _inside, lambda user, row: register_pdf(petitions_register(row)), _petitioned
    ),
    "decisions": Paper("Журнал решений", _inside, lambda user, row: register_pdf(decisions_register(row)), _decided),
    "cases": Paper(
        "Журнал случаев медиации",
        _mediation,
        lambda user, row: register_pdf(cases_register(row)),
        _in_cases,
        MEDIATION,
    ),
    "card": Paper("Карта развития", _card, _card_pdf, lambda row: [row.pk]),
}


def paper_find(user: User, what: str, key: int) -> Any:
    """What the paper is about, if the person may have it; None otherwise."""
    return PAPERS[what].find(user, key) if what in PAPERS else None


def paper_request(*, by: User, what: str, row: int, key: str) -> Job:
    """Order a paper; the same key is the same order."""
    assert by.school is not None
    params = {"what": what, "row": row, "school": by.school.pk}
    return job_request(
        by=by, school=by.school, kind=PAPER, params=params, key=f"{what}-{row}-{key}", title=PAPERS[what].title
    )


def may_have(user: User, params: Params) -> bool:
    """Whoever may have it at this moment; a file is its asker's alone, for it was made with the asker's rights."""
    if params.get("asked_by", user.pk) != user.pk:
        return False
    return paper_find(user, str(params["what"]), int(params["row"])) is not None


def note_reading(user: User, params: Params) -> None:
    """Whoever takes the file reads what is in it."""
    paper, row = PAPERS[params["what"]], paper_find(user, params["what"], params["row"])
    if row is not None:
        log_reading(by=user, pupils=paper.pupils(row), what=paper.what)


def paper_run(run: JobRun) -> JobOutcome:
    """Make the PDF of what stands now, with the rights that the person has now."""
    params: Any = run.params
    paper, row = PAPERS[params["what"]], paper_find(run.user, params["what"], params["row"])
    if row is None:
        raise Refused(_GONE)
    log_reading(by=run.user, pupils=paper.pupils(row), what=paper.what)
    run.progress(30, "Готовим PDF")
    assert run.school is not None
    file = file_store(
        by=run.user,
        school=run.school,
        kind=PAPER,
        params={**params, "asked_by": run.user.pk},
        name=f"{paper.title} {date_short(run.school.today())}.pdf",
        content=paper.make(run.user, row),
        content_type=CONTENT_TYPES["pdf"],
        keep_days=_KEEP_DAYS,
    )
    return JobOutcome(file=file, message="Документ готов.")
