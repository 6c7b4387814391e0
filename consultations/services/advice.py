"""Recommendations: given, replaced, withdrawn, acknowledged."""

from dataclasses import dataclass

from common.authorship import deed
from common.errors import Refused
from consultations.models import Recommendation, RecommendationRead, Referral
from consultations.talk_words import Audience
from school.models import Pupil, User
from school.selectors import current_year

_GONE = "Эта рекомендация уже отозвана или заменена: обновите страницу."


@dataclass(frozen=True)
class Advice:
    """What is advised, and whom it addresses."""

    text: str
    audience: Audience = Audience.ALL


@deed
def recommendation_give(*, by: User, pupil: Pupil, advice: Advice, referral: Referral | None = None) -> Recommendation:
    """Write a recommendation about a pupil. Raises `Refused` for an empty one and outside of a school year."""
    return _write(by, pupil, advice, referral=referral)


@deed
def recommendation_replace(*, by: User, row: Recommendation, advice: Advice) -> Recommendation:
    """A new wording in place of one that stands; it is acknowledged anew. Raises `Refused` when it no longer stands."""
    old = _standing(row)
    _end(old, by, "")
    return _write(by, old.pupil, advice, referral=old.referral, replaces=old)


@deed
def recommendation_withdraw(*, by: User, row: Recommendation, why: str) -> None:
    """Take it away from the pupil's page, with a reason. Raises `Refused` without one, and when it does not stand."""
    if not why.strip():
        raise Refused("Напишите, почему отзываете: учителя увидят это.")
    _end(_standing(row), by, why.strip())


@deed
def recommendation_acknowledge(*, by: User, row: Recommendation) -> None:
    """«Ознакомлен(а)»; a second click changes nothing. Raises `Refused` when it no longer stands."""
    standing = _standing(row)
    RecommendationRead.objects.get_or_create(recommendation=standing, by=by, defaults={"at": standing.school.now()})


def _write(
    by: User,
    pupil: Pupil,
    advice: Advice,
    *,
    referral: Referral | None = None,
    replaces: Recommendation | None = None,
) -> Recommendation:
    text, year = advice.text.strip(), current_year(pupil.school)
    if not text:
        raise Refused("Напишите, что советуете учителям.")
    if year is None:
        raise Refused("Сейчас нет учебного года: рекомендацию можно дать, когда он откроется.")
    return Recommendation.objects.create(
        school=pupil.school,
        year=year,
        pupil=pupil,
        audience=advice.audience,
        text=text,
        referral=referral,
        replaces=replaces,
        by=by,
        at=pupil.school.now(),
    )


def _standing(row: Recommendation) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("school", "pupil__school", "referral")
    found = rows.get(pk=row.pk)
    if found.withdrawn_at is not None:
        raise Refused(_GONE)
    return found


def _end(row: Recommendation, by: User, why: str) -> None:
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = row.school.now(), by, why
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
