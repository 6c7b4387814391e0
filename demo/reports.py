"""The demo's documents of the first quarter: the school's waits for its approval, one class teacher has concluded."""

from datetime import date

from demo.decisions import on_day
from demo.journals import user_named
from monitoring.reports.kinds import Wanted, document_kind
from monitoring.services import QUARTERLY, document_make, report_conclude, report_say_all
from school.models import Period, School, SchoolClass

_DAY = date(2026, 11, 14)
_SCHOOL = "Обсудить итоги 7А на малом педсовете.\nПроверить, у кого из неуспевающих ещё нет маршрута."
_CLASS = "С родителями неуспевающих поговорили, о повторном контроле по алгебре договорились с учителем."


def compile_documents(school: School) -> None:
    """As the deputy and the class teacher of 7А did on a Saturday in November."""
    rows = Period.objects.select_related("year__school__settings")
    with on_day(school, _DAY):
        period = rows.get(year__school=school, year__start=2026, system="quarters", number=1)
        deputy, teacher = user_named("zavuch"), user_named("klass")
        report = document_make(by=deputy, kind=document_kind(QUARTERLY), wanted=Wanted(period.year.school, period))
        report_conclude(by=deputy, report=report, text=_SCHOOL)
        led = SchoolClass.objects.select_related("class_teacher", "year").get(year=period.year, name="7А")
        wanted = Wanted(period.year.school, period, school_class=led)
        own = document_make(by=teacher, kind=document_kind("class_teacher"), wanted=wanted)
        report_say_all(by=teacher, report=own)
        report_conclude(by=teacher, report=own, text=_CLASS)
