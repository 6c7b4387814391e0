"""Referrals and recommendations: the sender, the service, the class teacher and the deputy; advice is everybody's.

The director and the other teachers of the pupil do not know of a referral. The sender is the teacher of algebra.
"""

from typing import Any

from consultations.services.advice import Advice, recommendation_give
from consultations.services.referrals import Request, referral_answer, referral_send, referral_take
from consultations.talk_words import Knows, Specialist
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """New, taken by the psychologist, answered; a recommendation of the psychologist."""
    psychologist = world.users["psy"]
    for name, kind in (("new", "psychologist"), ("taken", "social_pedagogue"), ("answered", "speech_therapist")):
        asked = Request(Specialist(kind), Knows.YES, seen=["tired"])
        made = referral_send(by=world.users["sub"], pupil=world.pupil, asked=asked)
        world.things[f"referral_{name}"] = made
    referral_take(by=world.users["soc"], referral=world.things["referral_taken"])
    referral_answer(by=world.users["psyh"], referral=world.things["referral_answered"], text="поговорили")
    advice = Advice("Садите ближе к доске.")
    world.things["advice"] = recommendation_give(by=psychologist, pupil=world.pupil, advice=advice)


def _of(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


_NEW, _TAKEN, _ANSWERED, _ADVICE = map(_of, ("referral_new", "referral_taken", "referral_answered", "advice"))


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _referral(world: World) -> dict[str, Any]:
    return {"to": f"staff:{world.person('psyh').pk}", "noticed": ["tired"], "knows": "yes"}


def _answer(world: World) -> dict[str, Any]:
    return {"answer": "встретились", "audience": "all"}


def _text(world: World) -> dict[str, Any]:
    return {"text": "Давайте больше времени.", "audience": "all"}


def _why(world: World) -> dict[str, Any]:
    return {"why": "ошибка"}


# fmt: off
ROWS = [
    #                        anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("referrals:list",     "302 200   200 200 200 200 200 200  200 200 200 200 200 403 403 403"),
    Row("referrals:new",      "302 404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", _pupil),
    Row("referrals:new",      "302 404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _pupil, "post", _referral),
    Row("referrals:referral", "302 404   404 200 200 200 200 200  200 404 404 404 404 403 403 403", _NEW),
    Row("referrals:referral", "302 404   404 200 200 200 200 200  200 200 404 404 404 403 403 403", _ANSWERED, about="answered"),
    Row("referrals:take",     "302 404   404 403 403 403 302 302  403 404 404 404 404 403 403 403", _NEW, "post"),
    Row("referrals:release",  "302 404   404 403 403 403 403 302  302 404 404 404 404 403 403 403", _TAKEN, "post"),
    Row("referrals:answer",   "302 404   404 403 403 403 200 200  403 404 404 404 404 403 403 403", _NEW),
    Row("referrals:answer",   "302 404   404 403 403 403 403 302  302 404 404 404 404 403 403 403", _TAKEN, "post", _answer),
    Row("referrals:reopen",   "302 404   404 403 403 403 403 302  403 403 404 404 404 403 403 403", _ANSWERED, "post"),
    Row("referrals:withdraw", "302 404   404 403 403 302 403 403  403 404 404 404 404 403 403 403", _NEW, "post", _why),
    Row("referrals:noted",    "302 404   404 403 403 302 403 403  403 403 404 404 404 403 403 403", _ANSWERED, "post"),
    Row("advice:list",        "302 200   200 200 200 200 200 200  200 200 200 200 200 403 403 403"),
    Row("advice:new",         "302 404   403 403 403 403 200 200  200 404 404 403 403 403 403 403", _pupil),
    Row("advice:new",         "302 404   403 403 403 403 302 302  302 404 404 403 403 403 403 403", _pupil, "post", _text),
    Row("advice:advice",      "302 404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", _ADVICE),
    Row("advice:replace",     "302 404   403 403 403 403 302 302  403 404 404 403 403 403 403 403", _ADVICE, "post", _text),
    Row("advice:withdraw",    "302 404   403 403 403 403 302 302  403 404 404 403 403 403 403 403", _ADVICE, "post", _why),
    Row("advice:known",       "302 404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _ADVICE, "post"),
]
# fmt: on
