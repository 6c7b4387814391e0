"""The smaller documents of a period: one question each."""

from monitoring.reports import attendance, external_marks
from monitoring.reports.kinds import DocumentKind, Of
from monitoring.reports.looks import PAPER

PAPERS = (
    DocumentKind(
        code=attendance.KIND,
        title=attendance.TITLE,
        about="Пропуски по классам, причинам и неделям; кто пропускает систематически и что сделано",
        of=Of.SCHOOL,
        build=attendance.build_attendance,
        look=PAPER,
        formats=("xlsx", "docx"),
    ),
    DocumentKind(
        code=external_marks.KIND,
        title=external_marks.TITLE,
        about="Внешние работы ниже, равно и выше отметок школы: по работам, предметам, классам",
        of=Of.SCHOOL,
        build=external_marks.build_external_marks,
        look=PAPER,
        formats=("xlsx", "docx"),
    ),
)
