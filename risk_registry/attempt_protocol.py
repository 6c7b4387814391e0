"""The protocol of one attempt to clear a debt, on paper: to be filled in by hand, or with what is written down."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from common.errors import Refused
from common.russian import date_long
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.rendering.pdf import render_pdf
from documents.services.files import file_store
from documents.services.jobs import job_request
from risk_registry.debts import Outcome
from risk_registry.models import AcademicDebt, DebtAttempt
from risk_registry.rules.debts import MOST_ATTEMPTS
from school.models import User

PROTOCOL = "risk_registry.attempt"
TITLE = "Протокол пересдачи"
_KEEP_DAYS = 30
_HEADS = "председател"


def protocol_request(*, by: User, attempt: DebtAttempt, key: str) -> Job:
    """Order the protocol; the same key is the same order."""
    school = attempt.debt.school
    params = {"attempt": attempt.pk, "school": school.pk}
    return job_request(by=by, school=school, kind=PROTOCOL, params=params, key=key, title=TITLE)


def attempt_for(user: User, key: int) -> DebtAttempt | None:
    """The attempt of a debt that the person sees."""
    seen = AcademicDebt.objects.visible_to(user).order_by()
    rows = DebtAttempt.objects.filter(debt__in=seen, pk=key)
    return rows.select_related("debt__pupil", "debt__subject", "debt__year", "debt__period", "debt__school").first()


def may_have(user: User, params: Params) -> bool:
    """Whoever sees the debt, as of now."""
    return attempt_for(user, int(str(params["attempt"]))) is not None


def protocol_run(run: JobRun) -> JobOutcome:
    """Make the PDF of what stands now."""
    params: Any = run.params
    attempt = attempt_for(run.user, params["attempt"])
    if attempt is None:
        raise Refused("Этой пересдачи больше нет или она вам недоступна.")
    run.progress(30, "Готовим PDF")
    file = file_store(
        by=run.user,
        school=attempt.debt.school,
        kind=PROTOCOL,
        params=params,
        name=f"{TITLE} {attempt.on:%d.%m.%Y}.pdf",
        content=protocol_pdf(attempt),
        content_type=CONTENT_TYPES["pdf"],
        keep_days=_KEEP_DAYS,
    )
    return JobOutcome(file=file, message="Протокол готов.", link=reverse("debts:debt", args=[attempt.debt_id]))


def protocol_pdf(attempt: DebtAttempt) -> bytes:
    """On A4, as the school's papers are: lines to write on where nothing is written down yet."""
    return render_pdf(render_to_string("risk_registry/attempt_print.html", protocol_told(attempt)))


def protocol_told(attempt: DebtAttempt) -> dict[str, Any]:
    """What the paper says; `signatures` are pairs of a role and a name."""
    debt, second = attempt.debt, attempt.number == MOST_ATTEMPTS
    return {
        "attempt": attempt,
        "debt": debt,
        "second": second,
        "held": attempt.outcome != Outcome.PLANNED,
        "cleared": attempt.outcome == Outcome.PASSED,
        "members": attempt.commission.splitlines(),
        "founder": debt.school.founder,
        "school": debt.school.official_name,
        "day": date_long(debt.school.today()),
        "signatures": [_signed(line, second=second) for line in attempt.commission.splitlines() or [""]],
    }


def _signed(line: str, *, second: bool) -> tuple[str, str]:
    """«Ермолаева С. В., председатель» signs as the head of the commission."""
    name, comma, post = line.partition(", ")
    if second and comma and _HEADS in post.lower():
        return "Председатель комиссии", name
    return "Член комиссии" if second else "Принял(а)", line
