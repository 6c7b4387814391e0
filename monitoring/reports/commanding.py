"""Documents of the command line: as the data stand now; of all classes or teachers at once, or of one."""

from collections.abc import Callable, Sequence

from common.errors import Refused
from documents.papers.printed import Printed
from documents.registry import ReportQuery
from monitoring.reports.kinds import DocumentKind, Of, Wanted
from monitoring.selectors import everyone, period_of_kind


def papers_for(kind: DocumentKind) -> Callable[[ReportQuery], Printed | list[Printed]]:
    """The `build` that `report CODE` calls."""

    def build(query: ReportQuery) -> Printed | list[Printed]:
        period = period_of_kind(kind, query.school, query.period, query.year)
        if kind.of == Of.SCHOOL:
            return Printed(kind.build(Wanted(query.school, period)))
        papers = list(_papers(kind, everyone(period, kind.of)))
        if not papers:
            raise Refused(f"За {period.title_accusative} рассказать пока не о чем: нет ни отметок, ни записей.")
        return papers

    return build


def _papers(kind: DocumentKind, wanted: Sequence[Wanted]) -> list[Printed]:
    found = []
    for one in wanted:
        try:
            found.append(Printed(kind.build(one)))
        except Refused:
            continue  # nothing to tell of this one: the others have their papers
    return found
