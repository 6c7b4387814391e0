"""Computing a period anew as background work: a large school takes longer than a page should."""

from typing import Any

from common.errors import Refused
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.services.jobs import job_request
from risk_registry.links import registry_link
from risk_registry.permissions import can_classify
from risk_registry.services.judging import period_judge
from school.access import access_of
from school.models import Period, User

CLASSIFY = "risk_registry.classify"


def classify_request(*, by: User, period: Period, key: str) -> Job:
    """Order the categories of a period for the whole school; a new `key` computes them again."""
    params = {"period": period.pk, "school": period.year.school_id}
    title = f"Пересчёт категорий: {period.title} {period.year.title}"
    return job_request(
        by=by, school=period.year.school, kind=CLASSIFY, params=params, key=f"{period.pk}:{key}", title=title
    )


def run_classify(run: JobRun) -> JobOutcome:
    """Compute and write what changed."""
    params: Any = run.params
    period = Period.objects.select_related("year").filter(pk=params["period"], year__school=run.school).first()
    if period is None:
        raise Refused("Такого периода в школе больше нет.")
    run.progress(20, "Считаем категории и сигналы")
    period_judge(period=period)
    return JobOutcome(message=f"{period.title}: категории пересчитаны.", link=registry_link(period=period.pk))


def may_classify(user: User, params: Params) -> bool:
    """Those who decide on the registry, in their own school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_classify(user)
