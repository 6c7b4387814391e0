"""The documents of analysis: what the school tells the region and itself of a period."""

from monitoring.reports import regional
from monitoring.reports.annual import report as annual
from monitoring.reports.kinds import DocumentKind, Of
from monitoring.reports.looks import PAPER

ANALYSIS = (
    DocumentKind(
        code=annual.KIND,
        title=annual.TITLE,
        about="Год в шести частях: факты, причины, дефициты и практики, меры, что они дали, проблема нового цикла",
        of=Of.SCHOOL,
        build=annual.build_annual,
        look=PAPER,
        formats=("xlsx", "docx"),
    ),
    DocumentKind(
        code=regional.KIND,
        title="Мониторинг показателей (форма региона)",
        about="Показатели R01–R09 с ответами школы и текст для отчёта о самообследовании",
        of=Of.SCHOOL,
        build=regional.build_regional,
        look=PAPER,
        formats=("xlsx", "docx"),
    ),
)
