"""The sections of the quarter's report in their order, and its appendices."""

from documents.papers.parts import Section
from monitoring.reports.quarter.appendix import appendices
from monitoring.reports.quarter.known import Core, read_known
from monitoring.reports.quarter.people import parents, service
from monitoring.reports.quarter.plans import indicators, roadmap
from monitoring.reports.quarter.pupils import causes, contingent, dynamics, registry
from monitoring.reports.quarter.sentences import conclusions
from monitoring.reports.quarter.shapes import QuarterReport
from monitoring.reports.quarter.work import routes, work

_ORDER = (
    contingent, dynamics, registry, causes, work, routes, parents, service, indicators, roadmap, conclusions,
)  # fmt: skip


def sections_of(core: Core, report: QuarterReport) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """What stands beside the tables of categories, then the appendices by class."""
    known = read_known(core, report)
    return tuple(section_of(known) for section_of in _ORDER), appendices(known)
