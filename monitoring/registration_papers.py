"""The smaller documents of a period: one question each."""

from monitoring.reports import attendance, external_marks, protocol_draft, registry_order, start_list
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
    DocumentKind(
        code=registry_order.KIND,
        title=registry_order.TITLE,
        about="Текст приказа с числами периода; имена — в приложении по классам; лист ознакомления",
        of=Of.SCHOOL,
        build=registry_order.build_registry_order,
        look=PAPER,
        formats=("docx", "xlsx"),
    ),
    DocumentKind(
        code=start_list.KIND,
        title=start_list.TITLE,
        about="К 15 сентября: имена по классам с категорией и основаниями, согласование с классными руководителями",
        of=Of.SCHOOL,
        build=start_list.build_start_list,
        look=PAPER,
        formats=("xlsx", "docx"),
        at_start=True,
        early=True,
    ),
    DocumentKind(
        code=protocol_draft.KIND,
        title=protocol_draft.TITLE,
        about="Повестка, итоги периода в цифрах, решения на выбор. Протоколы заседаний — в разделе «Заседания»",
        of=Of.SCHOOL,
        build=protocol_draft.build_protocol_draft,
        look=PAPER,
        formats=("docx", "xlsx"),
    ),
)
