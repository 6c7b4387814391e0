"""The registry of computations: how each indicator is counted, by its code.

`version` grows when what is counted changes: a measurement keeps it, and says later why a new count differs. Codes that
are missing here are answered by people (`monitoring.models.ManualValue`), P05–P08 by those who visited lessons.
"""

from collections.abc import Callable
from dataclasses import dataclass

from monitoring.computations import people, pupils, things, works
from monitoring.computations.base import Reckoned, Scope
from school.models import SchoolSettings


@dataclass(frozen=True)
class Computation:
    """One way to count. `says` is added to the catalogue's words where they leave something open, with the school's
    thresholds in braces.

    `undated`: what it rests on is not kept by days, so that nobody can tell how it stood on one.
    """

    code: str
    run: Callable[[Scope], Reckoned]
    says: str = ""
    version: int = 1
    undated: bool = False

    def told(self, settings: SchoolSettings) -> str:
        """`says` with what the school has set."""
        return self.says.format(settings=settings)


_PERIOD_RISK = "Кто в группе риска: утверждённый реестр периода, а пока он не утверждён — категории по отметкам."
_NO_NAMES = "Только числом: список не показывается никому. Учтены документы и сведения из файлов контингента."
_TAKES_PART = "Записей за период не меньше {settings.participation_records}: столько школа поставила в порогах."
_ATTENDS = "Пришёл на занятие группы или есть запись работы вне уроков за период."
_LISTED = (
    Computation("G01", pupils.at_risk, _PERIOD_RISK),
    Computation("P01", people.trained, "Обучение по теме закончено к этому дню и подтверждено."),
    Computation("P02", people.in_communities, "Участие подтверждено, сообщество действует в этот день."),
    Computation("P03", people.taking_part, _TAKES_PART),
    Computation("P04", people.with_practices, "Практика подтверждена; соавторы считаются."),
    Computation("P09", pupils.tutored, _PERIOD_RISK),
    Computation("P10", pupils.routed, "Маршрут этого года, утверждённый к этому дню."),
    Computation("P11", works.differing, "Внешние работы и отметки года по тем же предметам; порог — в настройках."),
    Computation("P12", pupils.attending, _ATTENDS),
    Computation("P13", pupils.extra_education, _PERIOD_RISK),
    Computation("P14", things.network_programs, "Программы самой школы, действующие в этот день."),
    Computation("P15", things.teacher_pairs, "Пары, которые идут в этот день."),
    Computation("P15E", things.teacher_pairs, "Пары, которые идут в этот день."),
    Computation("P16", things.pupil_pairs, "Пары, которые идут в этот день."),
    Computation("P16E", things.pupil_pairs, "Пары, которые идут в этот день."),
    Computation("P17", things.agreements, "Соглашения, действующие в этот день."),
    Computation("P18", things.bank_kept, "В этом учебном году реестр хотя бы раз утверждали.", undated=True),
    Computation("P19", things.supporting_courses, "Утверждённые к этому дню; программы самой школы."),
    Computation("P20", things.literacy_programs, "Утверждённые к этому дню; программы самой школы."),
    Computation("P21", things.protocols, "Протоколы, подписанные с начала года."),
    Computation("P22", things.algorithm, "Акт из реестра локальных актов, который действует в этот день."),
    Computation("P23", people.parents_involved, "Родители всех учеников школы; записи за период."),
    Computation("P24", people.parents_satisfied, "Опросы без имён, закрытые с начала года; ответили не меньше пяти."),
    Computation("P25", people.agreed_routes, "Маршруты, которые действовали в эти дни; маршруты ОВЗ не считаются."),
    Computation("P26", people.feedback_given, "Беседы и вручённые уведомления за период; порог — в настройках."),
    Computation("P27", people.events_held, "Проведённые с начала года мероприятия о профилактике."),
    Computation("P30", things.with_point, "Проведённое с начала года по дорожной карте."),
    Computation("P32", things.with_specialists, "Проведённое с начала года по дорожной карте."),
    Computation("P33", things.support_acts, "Все положения из перечня и договор о психологической помощи действуют."),
    Computation("S1", pupils.caused, "С группой резерва; причина стоит в реестре периода."),
    Computation("S2", pupils.planned, "С группой резерва; маршрут этого года утверждён."),
    Computation("S3", pupils.mentored, "С группой резерва; пара идёт в этот день, программа названа."),
    Computation("S4", pupils.progressing, "Считаем листы, где есть конкурс или метапредметный результат."),
    Computation("S5", pupils.schedule_approved, "Утверждённый график действует в этот день."),
    Computation("S6", pupils.extra_education_of_all, "С группой резерва; программа действует в этот день."),
    Computation("S7", pupils.competing, "С группой резерва; конкурсы этого учебного года."),
    Computation("R01", pupils.at_risk, _PERIOD_RISK),
    Computation(
        "R02",
        pupils.developed,
        "Маршрут этого года, который педагоги согласовали, утверждён он или ещё нет.",
        undated=True,
    ),
    Computation("R03", pupils.special_needs, _NO_NAMES),
    Computation("R04", pupils.non_native, _NO_NAMES),
    Computation("R06", pupils.failing_attending, _ATTENDS),
)
COMPUTATIONS = {one.code: one for one in _LISTED}
