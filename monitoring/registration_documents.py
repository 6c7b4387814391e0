"""The documents of a period, in the order in which pages offer them."""

from documents.registry import register_file, register_job, register_report
from monitoring import jobs, jobs_pack
from monitoring.registration_analysis import ANALYSIS
from monitoring.registration_own import OWN
from monitoring.registration_papers import PAPERS
from monitoring.reports.commanding import papers_for
from monitoring.reports.kinds import DocumentKind, Of, Wanted, document_kinds, offer
from monitoring.reports.quarter.printing import QUARTER
from monitoring.reports.quarter.shapes import QuarterReport
from monitoring.services import QUARTERLY, quarterly_build


def _quarterly(wanted: Wanted) -> QuarterReport:
    return quarterly_build(school=wanted.school, period=wanted.period)


# What each document tells, and of whom; a new one is a line here.
_KINDS = (
    DocumentKind(
        code=QUARTERLY,
        title="Отчёт за период",
        about="Категории поимённо, динамика, причины, работа, маршруты, показатели, дорожная карта; по классам",
        of=Of.SCHOOL,
        build=_quarterly,
        look=QUARTER,
    ),
    *PAPERS,
    *ANALYSIS,
    *OWN,
)


def register_documents() -> None:
    """Called once, when the application is ready."""
    for kind in _KINDS:
        offer(kind)
    for kind in document_kinds():
        build = jobs.build_for_query if kind.code == QUARTERLY else papers_for(kind)
        register_report(kind.code, kind.title, build, kind.look.renderers, jobs.may_report, kind.look.name)
    register_job(jobs.MAKE, "Составить документ", jobs.run_make, jobs.may_make)
    register_job(jobs.MAKE_ALL, "Составить документы", jobs.run_make_all, jobs.may_make)
    register_job(jobs.PRINT, "Печать отчёта", jobs.run_print, jobs.may_read)
    register_file(jobs.FILE, jobs.may_read)
    register_job(jobs_pack.PACK, "Комплект документов", jobs_pack.run_pack, jobs.may_report)
    register_file(jobs_pack.FILE, jobs.may_report)
