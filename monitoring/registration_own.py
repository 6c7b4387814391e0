"""Documents about a class and about a teacher, which those whom they are about may have compiled."""

from monitoring.reports.kinds import DocumentKind, Of
from monitoring.reports.looks import PAPER
from monitoring.reports.own import class_teacher, subject_teacher

OWN = (
    DocumentKind(
        code=class_teacher.KIND,
        title=class_teacher.TITLE,
        about="Итоги класса, категории и реестр, пропуски, что сделано; выводы пишет классный руководитель, если хочет",
        of=Of.CLASS,
        build=class_teacher.build_class_teacher,
        look=PAPER,
        formats=("xlsx", "docx"),
    ),
    DocumentKind(
        code=subject_teacher.KIND,
        title=subject_teacher.TITLE,
        about="Итоги по классам и предметам, кто в категориях и что записано; выводы пишет учитель, если хочет",
        of=Of.TEACHER,
        build=subject_teacher.build_subject_teacher,
        look=PAPER,
        formats=("xlsx", "docx"),
    ),
)
