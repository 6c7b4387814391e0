"""The social passport, consents, and who opened what is restricted."""

from typing import Any

from school.models import Consent
from school.services.social import social_fact_add
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A fact, and a consent given and withdrawn."""
    day = world.school_class.year.starts
    world.things["fact"] = social_fact_add(
        by=world.users["soc"], pupil=world.pupil, group="kdn", starts=day, ground="постановление № 4"
    )
    world.things["consent"] = Consent.objects.create(
        pupil=world.pupil, guardian=None, purpose="health", given_on=day, document="бланк № 1"
    )


def _of(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


# Columns:                     anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
READ = "302  404   200 200 200 403 200 200  200 404 404 403 403 403 403 403"
READ_LIST = "302  200   200 200 200 403 200 200  200 403 403 403 403 403 403 403"
DO = "302  404   302 302 302 403 302 302  302 404 404 403 403 403 403 403"
FORMS = "302  302   302 302 302 403 302 302  302 403 403 403 403 403 403 403"
AUDIT = "302  403   200 403 403 403 403 403  403 403 403 403 403 403 200 403"
WRITE = "302  404   403 403 403 403 403 403  200 404 404 403 403 403 403 403"
WRITE_DO = "302  404   403 403 403 403 403 403  302 404 404 403 403 403 403 403"
# Whoever does not see the passport does not learn whether there is such a record.
FACT = "302  404   403 403 403 404 403 403  200 404 404 404 404 403 404 403"
FACT_DO = "302  404   403 403 403 404 403 403  302 404 404 404 404 403 404 403"

# fmt: off
ROWS = [
    Row("school:social_passport", READ_LIST),
    Row("school:social", READ, _pupil),
    Row("school:social_new", WRITE, _pupil),
    Row("school:social_new", WRITE_DO, _pupil, "post",
        lambda w: {"group": "large_family", "starts": "2026-09-01", "ground": "удостоверение № 1"}),
    Row("school:social_dismiss", WRITE_DO, _pupil, "post", lambda w: {"group": "ovz"}),
    Row("school:social_fact", FACT, _of("fact")),
    Row("school:social_fact", FACT_DO, _of("fact"), "post",
        lambda w: {"starts": "2026-09-02", "ground": "постановление № 5"}),
    Row("school:social_close", FACT, _of("fact")),
    Row("school:social_close", FACT_DO, _of("fact"), "post", lambda w: {"ends": "2026-11-01", "why": "снят"}),
    Row("school:social_cancel", FACT, _of("fact")),
    Row("school:social_cancel", FACT_DO, _of("fact"), "post", lambda w: {"why": "другой ученик"}),
    Row("school:consents", READ_LIST),
    Row("school:pupil_consents", READ, _pupil),
    Row("school:consent_new", READ, _pupil),
    Row("school:consent", READ, _of("consent")),
    Row("school:consent_withdraw", READ, _of("consent")),
    Row("school:consent_withdraw", DO, _of("consent"), "post",
        lambda w: {"withdrawn_on": "2026-11-01", "why": "заявление"}),
    Row("school:consent_delete", DO, _of("consent"), "post"),
    Row("school:readings", AUDIT),
    Row("desk:social_export", READ_LIST),
    Row("desk:consents_export", READ_LIST),
    Row("desk:consent_forms", FORMS, lambda w: {"purpose": "health"}, "post", lambda w: {"once": "blanks"}),
    Row("consents:scan", READ, _of("consent")),
    Row("consents:scan", READ.replace("200", "422"), _of("consent"), "post", lambda w: {}),
    Row("consents:scan_remove", DO, _of("consent"), "post"),
    Row("desk:consent_form", DO, lambda w: {"pk": w.pupil.pk, "purpose": "health"}, "post", lambda w: {"once": "blank"}),
]
# fmt: on
