"""Councils: who sees which of them, who runs them; the words for members, the class teacher and those responsible."""

from datetime import date
from typing import Any

from consultations.councils import (
    CaseKind,
    CaseState,
    CouncilKind,
    DecisionState,
    Initiator,
    MemberRole,
    Outcome,
    Reason,
)
from consultations.services.conclusions import (
    Answered,
    Concluded,
    Referred,
    conclusion_answer,
    conclusion_write,
    pmpk_refer,
)
from consultations.services.councils import Order, council_make, member_add
from consultations.services.mediation import CaseEnd, CaseTold, case_close, case_open, case_write
from consultations.services.petitions import Asked, petition_send
from consultations.services.sitting_questions import (
    Decided,
    Told,
    decision_add,
    decision_answer,
    presence_mark,
    question_add,
    question_tell,
)
from consultations.services.sittings import SittingPlan, sitting_hold, sitting_plan, sitting_sign
from school.models import Consent
from school.purposes import Purpose
from tests.permissions import marks
from tests.permissions.row import Row
from tests.permissions.world import World

_DAY = date(2026, 11, 17)


def add(world: World) -> None:
    """A ППк led by the head of the service with a signed, a held and a planned sitting; a service of mediation."""
    deputy = world.users["dep"]
    ppk = council_make(by=deputy, kind=CouncilKind.PPK, order=Order("1", date(2026, 9, 1)))
    people = {"psyh": MemberRole.CHAIR, "psy": MemberRole.SECRETARY, "spe": MemberRole.MEMBER}
    for column, role in people.items():
        member_add(by=deputy, council=ppk, staff=world.person(column), role=role, begins=date(2026, 9, 1))
    service = council_make(by=deputy, kind=CouncilKind.MEDIATION, order=Order())
    social, first = world.person("soc"), date(2026, 9, 1)
    member = member_add(by=deputy, council=service, staff=social, role=MemberRole.CHAIR, begins=first)
    world.things |= {"council": ppk, "mediation": service, "seat": member}
    Consent.objects.create(
        pupil=world.pupil, purpose=Purpose.PSYCHOLOGICAL_HELP, given_on=date(2026, 9, 1), document="папка 1"
    )
    _sit(world)
    _rest(world)


def _sit(world: World) -> None:
    chair, ppk = world.users["psyh"], world.things["council"]
    for name, day in (("signed", date(2026, 11, 10)), ("held", _DAY)):
        sitting = sitting_plan(by=chair, council=ppk, plan=SittingPlan(day, "Сопровождение"))
        question = question_add(by=chair, sitting=sitting, title="О помощи", pupil=world.pupil)
        sitting = sitting_hold(by=chair, sitting=sitting, version=sitting.version)
        for person in sitting.people.all():
            presence_mark(by=chair, person=person, present=True)
        question_tell(by=chair, question=question, told=Told(f"мать сказала, {marks.COURSE}"))
        decided = Decided(f"Занятия, {marks.DECISION}", world.person("sub"))
        decision = decision_add(by=chair, question=question, decided=decided)
        conclusion = conclusion_write(by=chair, question=question, told=_concluded(name))
        conclusion_answer(by=chair, conclusion=conclusion, told=Answered(dissent=f"не читать, {marks.PARENTS}"))
        found = {"sitting": sitting, "question": question, "decision": decision, "conclusion": conclusion}
        world.things |= {f"{name}_{key}": value for key, value in found.items()}
        world.things[f"{name}_person"] = sitting.people.first()
    done = world.things["signed_sitting"]
    world.things["protocol"] = sitting_sign(by=chair, sitting=done, version=done.version, on=date(2026, 11, 10))
    plan = SittingPlan(date(2026, 11, 20), "Итоги")
    world.things["planned_sitting"] = planned = sitting_plan(by=chair, council=ppk, plan=plan)
    world.things["planned_question"] = question_add(by=chair, sitting=planned, title="План на год")


def _concluded(name: str) -> Concluded:
    advice = marks.ADVICE if name == "signed" else marks.UNSIGNED
    findings, parents = f"Трудности в чтении, {marks.FINDINGS}", f"читать вслух, {marks.PARENTS}"
    return Concluded(Outcome.SUPPORT, findings, f"Давать больше времени, {advice}", parents)


def _rest(world: World) -> None:
    decision_answer(
        by=world.users["sub"],
        decision=world.things["signed_decision"],
        state=DecisionState.DONE,
        answer=f"занимались, {marks.DECISION}",
    )
    asked = Asked(Reason.LEARNING, Initiator.CLASS_TEACHER, _DAY, f"читает медленно, {marks.PETITION}", marks.PETITION)
    world.things["petition"] = petition_send(
        by=world.users["cls"], pupil=world.pupil, kind=CouncilKind.PPK, asked=asked
    )
    told = Referred(_DAY, f"уточнить условия обучения, {marks.PMPK}", note=marks.PMPK)
    world.things["referral"] = pmpk_refer(by=world.users["psyh"], pupil=world.pupil, told=told)
    case = CaseTold(
        CaseKind.TEACHER, Initiator.PARENTS, world.person("soc"), _DAY, [world.pupil], [world.person("sub")]
    )
    world.things["case"] = case_open(by=world.users["soc"], council=world.things["mediation"], told=case)
    social, opened = world.users["soc"], world.things["case"]
    case_write(by=social, case=opened, course=f"обида, {marks.CASE}")
    end = CaseEnd(CaseState.AGREED, _DAY, f"не кричать, {marks.AGREED}", date(2026, 12, 1))
    case_close(by=social, case=opened, end=end)
    world.things["party"] = world.things["case"].parties.first()


def _pk(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _paper(what: str, name: str) -> Any:
    return lambda world: {"what": what, "pk": world.pupil.pk if name == "pupil" else world.things[name].pk}


def _version(name: str, **more: Any) -> Any:
    def told(world: World) -> dict[str, Any]:
        sitting = world.things[name]
        sitting.refresh_from_db()
        return {"version": sitting.version, **more}

    return told


def _fixed(**told: Any) -> Any:
    return lambda world: told


def _taken(world: World) -> dict[str, Any]:
    return {"petition": world.things["petition"].pk}


def _case(world: World) -> dict[str, Any]:
    told = {"kind": "pupils", "initiator": "class", "mediator": world.person("soc").pk, "opened_on": "2026-11-17"}
    return {**told, "others": "мать\nотец"}


# fmt: off
ROWS = [
    #                                  anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("councils:list", "302 200 200 200 200 200 200 200 200 200 200 200 200 403 403 403"),
    Row("councils:new", "302 200 200 200 403 403 403 403 403 403 403 403 403 403 403 403"),
    Row("councils:new", "302 302 302 302 403 403 403 403 403 403 403 403 403 403 403 403", method="post", data=_fixed(kind="small")),
    Row("councils:council", "302 404 200 200 200 200 200 200 200 200 200 200 200 403 403 403", _pk("council")),
    Row("councils:edit", "302 404 200 200 403 403 200 200 403 403 403 403 403 403 403 403", _pk("council")),
    Row("councils:edit", "302 404 302 302 403 403 302 302 403 403 403 403 403 403 403 403", _pk("council"), method="post", data=_fixed(number="2", date="2026-09-02")),
    Row("councils:close", "302 404 302 302 403 403 403 403 302 403 403 403 403 403 403 403", _pk("mediation"), method="post", data=_fixed(on="2026-11-20")),
    Row("councils:reopen", "302 404 302 302 403 403 302 302 403 403 403 403 403 403 403 403", _pk("council"), method="post"),
    Row("councils:member_new", "302 404 200 200 403 403 200 200 403 403 403 403 403 403 403 403", _pk("council")),
    Row("councils:member_new", "302 404 200 200 403 403 403 403 200 403 403 403 403 403 403 403", _pk("mediation"), about="mediation"),
    Row("councils:member", "302 404 302 302 403 403 403 403 302 403 403 403 403 403 403 403", _pk("seat"), method="post", data=_fixed(role="chair", begins="2026-09-01")),
    Row("councils:sitting_new", "302 404 302 302 403 403 302 302 403 403 403 403 403 403 403 403", _pk("council"), method="post", data=_fixed(on="2026-12-01", by_plan="plan", topic="Итоги")),
    Row("councils:sitting", "302 404 200 200 404 404 200 200 404 200 404 404 404 403 403 403", _pk("signed_sitting")),
    Row("councils:sitting_edit", "302 404 200 200 404 404 200 200 404 403 404 404 404 403 403 403", _pk("planned_sitting")),
    Row("councils:sitting_hold", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("planned_sitting"), method="post", data=_version("planned_sitting")),
    Row("councils:sitting_cancel", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("planned_sitting"), method="post", data=_version("planned_sitting", why="нет кворума")),
    Row("councils:sitting_return", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("held_sitting"), method="post", data=_version("held_sitting", why="ошибка")),
    Row("councils:sitting_sign", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("held_sitting"), method="post", data=_version("held_sitting", on="2026-11-18")),
    Row("councils:sitting_reopen", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("signed_sitting"), method="post", data=_version("signed_sitting", why="опечатка")),
    Row("councils:invite", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("planned_sitting"), method="post", data=_fixed(guest="мать")),
    Row("councils:question_pick", "302 404 200 200 404 404 200 200 404 403 404 404 404 403 403 403", _pk("planned_sitting")),
    Row("councils:question_new", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("planned_sitting"), method="post", data=_fixed(title="Разное")),
    Row("councils:question_take", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("planned_sitting"), method="post", data=_taken),
    Row("councils:presence", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("held_person"), method="post", data=_fixed(present="no")),
    Row("councils:person_remove", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("held_person"), method="post"),
    Row("councils:question_edit", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("planned_question"), method="post", data=_fixed(title="Иное")),
    Row("councils:question_remove", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("planned_question"), method="post"),
    Row("councils:course", "302 404 200 200 404 404 200 200 404 403 404 404 404 403 403 403", _pk("held_question")),
    Row("councils:decision_new", "302 404 302 302 404 404 302 302 404 403 404 404 404 403 403 403", _pk("held_question"), method="post", data=_fixed(text="Беседа")),
    Row("councils:conclusion", "302 404 200 200 404 404 200 200 404 403 404 404 404 403 403 403", _pk("held_question")),
    Row("councils:conclusion_answer", "302 404 302 302 403 404 302 302 404 403 404 404 404 403 403 403", _pk("signed_conclusion"), method="post", data=_fixed(given_on="2026-11-10")),
    Row("councils:conclusion_answer", "302 404 200 200 403 404 200 200 404 403 404 404 404 403 403 403", _pk("signed_conclusion"), about="form"),
    Row("councils:conclusion_remove", "302 404 302 302 403 404 302 302 404 403 404 404 404 403 403 403", _pk("held_conclusion"), method="post"),
    Row("councils:conclusion_read", "302 404 302 302 302 302 302 302 302 404 404 302 302 403 403 403", _pk("signed_conclusion"), method="post"),
    Row("councils:conclusion_read", "302 404 404 404 404 404 404 404 404 404 404 404 404 403 403 403", _pk("held_conclusion"), method="post", about="not signed"),
    Row("councils:decisions", "302 200 200 200 200 200 200 200 200 200 200 200 200 403 403 403"),
    Row("councils:decision_edit", "302 404 200 200 404 403 200 200 404 403 404 404 404 403 403 403", _pk("held_decision")),
    Row("councils:decision_remove", "302 404 302 302 404 403 302 302 404 403 404 404 404 403 403 403", _pk("held_decision"), method="post"),
    Row("councils:decision_answer", "302 404 200 200 404 200 200 200 404 403 404 404 404 403 403 403", _pk("held_decision"), about="form"),
    Row("councils:decision_answer", "302 404 302 302 404 302 302 302 404 403 404 404 404 403 403 403", _pk("signed_decision"), method="post", data=_fixed(state="done")),
    Row("councils:petitions", "302 200 200 200 200 200 200 200 200 200 200 200 200 403 403 403"),
    Row("councils:petition_new", "302 200 200 200 200 200 200 200 200 200 200 200 200 403 403 403"),
    Row("councils:petition", "302 404 200 200 200 404 200 200 404 200 404 404 404 403 403 403", _pk("petition")),
    Row("councils:petition_edit", "302 404 200 200 200 404 200 200 404 403 404 404 404 403 403 403", _pk("petition")),
    Row("councils:petition_withdraw", "302 404 403 403 302 404 403 403 404 403 404 404 404 403 403 403", _pk("petition"), method="post", data=_fixed(why="решено")),
    Row("councils:petition_decline", "302 404 302 302 403 404 302 302 404 403 404 404 404 403 403 403", _pk("petition"), method="post", data=_fixed(why="не к нам")),
    Row("councils:pupil", "302 404 200 200 200 200 200 200 200 404 404 200 200 403 403 403", _pupil),
    Row("councils:pmpk", "302 200 200 200 200 403 200 200 403 200 403 403 403 403 403 403"),
    Row("councils:pmpk_new", "302 200 200 200 403 403 200 200 403 403 403 403 403 403 403 403"),
    Row("councils:pmpk_edit", "302 404 200 200 403 403 200 200 403 403 403 403 403 403 403 403", _pk("referral")),
    Row("councils:cases", "302 200 200 200 200 403 403 403 200 403 403 403 403 403 403 403"),
    Row("councils:case_new", "302 404 403 403 403 403 403 403 200 403 403 403 403 403 403 403", _pk("mediation")),
    Row("councils:case", "302 404 200 200 200 403 403 403 200 403 403 403 403 403 403 403", _pk("case")),
    Row("councils:case_course", "302 404 403 403 403 403 403 403 200 403 403 403 403 403 403 403", _pk("case")),
    Row("councils:case_close", "302 404 403 403 403 403 403 403 302 403 403 403 403 403 403 403", _pk("case"), method="post", data=_fixed(state="refused", on="2026-11-18")),
    Row("councils:case_close", "302 404 403 403 403 403 403 403 200 403 403 403 403 403 403 403", _pk("case"), about="form"),
    Row("councils:party_agree", "302 404 403 403 403 403 403 403 302 403 403 403 403 403 403 403", _pk("party"), method="post", data=_fixed(agrees="yes")),
    Row("councils:paper", "302 404 302 302 404 404 302 302 404 302 404 404 404 403 403 403", _paper("draft", "held_sitting"), method="post", about="draft"),
    Row("councils:paper", "302 404 302 302 404 404 302 302 404 302 404 404 404 403 403 403", _paper("protocol", "protocol"), method="post", about="protocol"),
    Row("councils:paper", "302 404 302 302 302 404 302 302 404 302 404 404 404 403 403 403", _paper("conclusion", "signed_conclusion"), method="post", about="conclusion"),
    Row("councils:paper", "302 404 302 302 302 404 302 302 404 302 404 404 404 403 403 403", _paper("petition", "petition"), method="post", about="petition"),
    Row("councils:paper", "302 404 302 302 302 302 302 302 302 302 302 302 302 403 403 403", _paper("composition", "council"), method="post", about="composition"),
    Row("councils:paper", "302 404 302 302 404 404 302 302 404 302 404 404 404 403 403 403", _paper("conclusions", "council"), method="post", about="conclusions"),
    Row("councils:paper", "302 404 302 302 302 302 302 302 302 404 404 302 302 403 403 403", _paper("card", "pupil"), method="post", about="card"),
    Row("councils:register", "302 404 200 200 404 404 200 200 404 200 404 404 404 403 403 403", _paper("sittings", "council")),
    Row("councils:register", "302 404 200 200 404 404 200 200 404 200 404 404 404 403 403 403", _paper("pmpk", "council"), about="pmpk"),
    Row("councils:register", "302 404 200 200 404 404 200 200 404 200 404 404 404 403 403 403", _paper("conclusions", "council"), about="conclusions"),
    Row("councils:register", "302 404 200 200 404 404 200 200 404 200 404 404 404 403 403 403", _paper("petitions", "council"), about="petitions"),
    Row("councils:register", "302 404 200 200 404 404 200 200 404 200 404 404 404 403 403 403", _paper("decisions", "council"), about="decisions"),
    Row("councils:register", "302 404 200 200 404 404 404 404 200 404 404 404 404 403 403 403", _paper("cases", "mediation"), about="cases"),
    Row("councils:register", "302 404 404 404 404 404 404 404 404 404 404 404 404 403 403 403", _paper("cases", "council"), about="cases of another council"),
]
