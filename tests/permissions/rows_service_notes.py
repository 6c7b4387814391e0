"""Confidential notes and support plans: the service alone knows of notes; of a plan others see that there is one.

The note and the plan are the psychologist's; the social pedagogue takes part in the plan. The rule: the author alone.
"""

from datetime import date, time
from typing import Any

from consultations.models import Appointment, AppointmentPupil, NoteOpening, UrgentGrounds
from consultations.services.advice import Advice, recommendation_give
from consultations.services.notes import NoteDraft, note_correct, note_open, note_write
from consultations.services.plans import PlanDraft, action_add, goal_add, plan_make, plan_start
from consultations.services.referrals import Request, referral_send
from consultations.talk_words import Knows, Specialist
from consultations.words import MeetingKind, UrgentGround
from risk_registry.causes import CauseMethod, Established
from risk_registry.services.causes import causes_add
from school.models import Pupil, Responsibility
from school.roles import ResponsibilityKind
from tests.factories import make_pupil
from tests.permissions import marks
from tests.permissions.row import Row
from tests.permissions.world import World

_BEGINS, _ENDS = date(2026, 11, 1), date(2027, 4, 30)


def add(world: World) -> None:
    """A note, one that was opened, a plan in force with a goal and an action, and a draft about another pupil.

    With them the other confidential texts about the pupil, all of them marked (`marks.py`).
    """
    by, school = world.users["psy"], world.school
    draft = NoteDraft(date(2026, 11, 20), f"говорил: {marks.NOTE}", world.pupil)
    world.things["note"] = note_write(by=by, school=school, draft=draft)
    former = NoteDraft(date(2026, 11, 20), f"говорил: {marks.FORMER}", world.pupil)
    opened = note_correct(by=by, note=note_write(by=by, school=school, draft=former), version=1, words=marks.NOTE)
    note_open(by=world.users["psyh"], note=opened, grounds=f"автор в отпуске, {marks.GROUNDS}", case=False)
    world.things["opened"], world.things["opening"] = opened, NoteOpening.objects.get()
    plan = _plan(world, world.pupil)
    world.things["goal"] = goal_add(by=by, plan=plan, words=f"спокойнее, {marks.GOAL}")
    action = action_add(by=by, goal=world.things["goal"], what=f"занятия, {marks.ACTION}", who=None, due=None)
    plan_start(by=by, plan=plan)
    world.things |= {"plan": plan, "action": action}
    other = make_pupil(world.school_class, "Рябов Денис Игоревич", external_id="p2")
    Responsibility.objects.create(person=world.person("spe"), pupil=other, kind=ResponsibilityKind.SPEECH_THERAPIST)
    world.things |= {"draft": _plan(world, other), "new": make_pupil(world.school_class, "Белова Ева Артёмовна")}
    _mark_the_rest(world)


def _plan(world: World, pupil: Pupil) -> Any:
    draft = PlanDraft(world.person("psy"), _BEGINS, _ENDS, f"тревога, {marks.PLAN}", workers=[world.person("soc")])
    return plan_make(by=world.users["psy"], pupil=pupil, draft=draft)


def _mark_the_rest(world: World) -> None:
    """A restricted cause's note, the circumstances of an urgent meeting, a referral; advice that all may read."""
    told = Established(CauseMethod.TALK, world.school.today(), f"дома, {marks.CAUSE}")
    causes_add(by=world.users["dep"], entries=[world.things["entry"]], codes=["SOC02"], told=told)
    psychologist, at = world.users["psy"], world.school.now()
    span = {"on": date(2026, 12, 30), "time_from": time(7), "time_to": time(7, 30)}
    meeting = Appointment.objects.create(
        school=world.school,
        year=world.school_class.year,
        specialist=world.person("psy"),
        kind=MeetingKind.INDIVIDUAL,
        booked_by=psychologist,
        booked_at=at,
        **span,
    )
    AppointmentPupil.objects.create(appointment=meeting, pupil=world.pupil, state=meeting.state, **span)
    UrgentGrounds.objects.create(
        appointment=meeting, ground=UrgentGround.CHILD, words=f"пришёл сам, {marks.URGENT}", by=psychologist, at=at
    )
    asked = Request(Specialist.SOCIAL_PEDAGOGUE, Knows.ASKED_NOT, text=f"в слезах, {marks.REFERRAL}")
    referral_send(by=world.users["cls"], pupil=world.pupil, asked=asked)
    recommendation_give(by=psychologist, pupil=world.pupil, advice=Advice(f"Не вызывайте к доске, {marks.CANARY}."))


def _of(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


_NOTE, _OPENED, _OPENING, _PLAN, _DRAFT = map(_of, ("note", "opened", "opening", "plan", "draft"))
_GOAL, _ACTION, _NEW = map(_of, ("goal", "action", "new"))


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _words(world: World) -> dict[str, Any]:
    return {"on": "2026-11-20", "words": "иначе", "version": 1}


def _why(world: World) -> dict[str, Any]:
    return {"why": "mistake"}


def _grounds(world: World) -> dict[str, Any]:
    return {"grounds": "угроза"}


def _rule(world: World) -> dict[str, Any]:
    return {"rule": "head", "why": "решение службы"}


def _frame(world: World) -> dict[str, Any]:
    return {"responsible": world.person("psy").pk, "begins": "2026-11-02", "ends": "2027-04-30", "why": "тревога"}


def _one(**told: str) -> Any:
    return lambda world: told


# fmt: off
ROWS = [
    #                           anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("notes:list",            "302 403   403 403 403 403 200 200  200 200 403 403 403 403 403 403"),
    Row("notes:new_pupil",       "302 403   403 403 403 403 302 302  302 404 403 403 403 403 403 403", _pupil, "post", _words),
    Row("notes:new_meeting",     "302 403   403 403 403 403 404 404  404 404 403 403 403 403 403 403", lambda world: {"pk": 999_999}),
    Row("notes:note",            "302 403   403 403 403 403 200 200  200 404 403 403 403 403 403 403", _NOTE),
    Row("notes:words",           "302 403   403 403 403 403 200 403  403 404 403 403 403 403 403 403", _NOTE, "post"),
    Row("notes:words",           "302 403   403 403 403 403 200 200  403 404 403 403 403 403 403 403", _OPENED, "post", about="opened"),
    Row("notes:correct",         "302 403   403 403 403 403 302 403  403 404 403 403 403 403 403 403", _NOTE, "post", _words),
    Row("notes:take_back",       "302 403   403 403 403 403 302 403  403 404 403 403 403 403 403 403", _NOTE, "post", _why),
    Row("notes:named",           "302 403   403 403 403 403 200 403  403 404 403 403 403 403 403 403", _NOTE),
    Row("notes:named",           "302 403   403 403 403 403 422 403  403 404 403 403 403 403 403 403", _NOTE, "post", about="under another rule"),
    Row("notes:open",            "302 403   403 403 403 403 403 302  403 403 403 403 403 403 403 403", _NOTE, "post", _grounds),
    Row("notes:openings",        "302 403   403 403 403 403 200 200  200 200 403 403 403 403 403 403"),
    Row("notes:opening_known",   "302 403   403 403 403 403 302 404  404 404 403 403 403 403 403 403", _OPENING, "post"),
    Row("notes:rule",            "302 403   403 403 403 403 200 200  200 200 403 403 403 403 403 403"),
    Row("notes:rule",            "302 403   403 403 403 403 403 302  403 403 403 403 403 403 403 403", method="post", data=_rule),
    Row("plans:list",            "302 403   403 403 403 403 200 200  200 200 403 403 403 403 403 403"),
    Row("plans:new",             "302 404   403 403 403 403 302 302  302 404 404 404 404 403 403 403", _NEW, "post", _frame),
    Row("plans:plan",            "302 404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", _PLAN),
    Row("plans:edit",            "302 404   403 403 403 403 302 302  302 404 404 403 403 403 403 403", _PLAN, "post", _frame),
    Row("plans:goal",            "302 404   403 403 403 403 302 302  302 404 404 403 403 403 403 403", _PLAN, "post", _one(words="ещё")),
    Row("plans:goal_remove",     "302 404   404 404 404 404 302 302  302 404 404 404 404 403 403 403", _GOAL, "post"),
    Row("plans:action",          "302 404   404 404 404 404 302 302  302 404 404 404 404 403 403 403", _GOAL, "post", _one(what="игра")),
    Row("plans:settle",          "302 404   404 404 404 404 302 302  302 404 404 404 404 403 403 403", _ACTION, "post", _one(state="done")),
    Row("plans:action_remove",   "302 404   404 404 404 404 302 302  302 404 404 404 404 403 403 403", _ACTION, "post"),
    Row("plans:start",           "302 404   403 403 403 403 302 302  302 403 404 404 404 403 403 403", _DRAFT, "post", about="without a goal"),
    Row("plans:drop",            "302 404   403 403 403 403 302 302  302 403 404 404 404 403 403 403", _DRAFT, "post"),
    Row("plans:finish",          "302 404   403 403 403 403 302 302  302 404 404 403 403 403 403 403", _PLAN, "post", _one(outcome="reached")),
    Row("plans:reopen",          "302 404   403 403 403 403 302 302  302 404 404 403 403 403 403 403", _PLAN, "post", about="it goes on"),
    Row("plans:print",           "302 404   403 403 403 403 302 302  302 404 404 403 403 403 403 403", _PLAN, "post"),
]
# fmt: on
