"""What the head of every paper of a period says: whose it is, of which days, who approves and signs."""

from common.names import NBSP
from documents.papers.parts import Head
from monitoring.reports.kinds import Wanted
from school.selectors_staff import Heads, school_heads

CONSIDERED = ("РАССМОТРЕНО", "на заседании педагогического совета,", "протокол от «___» ____________ № ____")


def head_of(wanted: Wanted) -> Head:
    """The head of a paper about the school, a class or a teacher, made now."""
    school, period = wanted.school, wanted.period
    about = str(wanted.school_class) if wanted.school_class is not None else ""
    if wanted.teacher is not None:
        about = wanted.teacher.short_name
    return Head(
        school=school.official_name,
        school_code=school.code,
        founder=school.founder,
        year=period.year.title,
        period=period.number,
        period_words=f"за {period.title_accusative}",
        starts=period.starts,
        ends=period.ends,
        made_at=school.now().replace(microsecond=0),
        about=about,
    )


def year_line(wanted: Wanted) -> str:
    """«за 1-ю четверть 2026/27 учебного года»: the line under a title."""
    return f"за {wanted.period.title_accusative} {wanted.period.year.title} учебного года"


def heads_of(wanted: Wanted) -> Heads:
    """The director and the deputy, as they stand beside their signatures."""
    found = school_heads(wanted.school)
    return Heads(signed_name(found.director), signed_name(found.deputy))


def signed_name(short: str) -> str:
    """Beside a signature initials stand first: «Н. П. Самойлова»."""
    surname, _, letters = short.partition(NBSP)
    return f"{letters}{NBSP}{surname}" if letters else surname
