"""The catalogue that a school may begin with: twenty activities in five directions.

Source: the roadmap of the program for the prevention of failure (section 9), in shorter words, official names as they
are. What the source leaves blank stays blank: row 14 expects no document. Row 15 (causes, November) comes later than
row 9 (routes, October): both stand as the source has them, and the page warns (`rules.checks`). Its slips of the pen
are mended, and «семинар … риски учебной;» is finished with the word that it lacks.
"""

from dataclasses import dataclass, field

from roadmaps.rules.terms import Term
from roadmaps.words import Duty, Every, Expected, Schedule, TermKind

TITLE = "Дорожная карта реализации Программы по профилактике учебной неуспешности обучающихся"
DIRECTIONS = (
    "Организационно-управленческое направление",
    "Информационно-аналитическое направление",
    "Организационно-методическое направление",
    "Работа с обучающимися",
    "Работа с родителями (законными представителями)",
)


@dataclass(frozen=True)
class CatalogueRow:
    """One activity; `term_text` is what is printed, without a year: it is that of the school."""

    number: int
    direction: int
    title: str
    term_text: str
    term: Term
    duties: tuple[Duty, ...]
    result: str = ""
    expected: Expected | None = None
    specialists: bool = field(default=False)


def _month(number: int) -> Term:
    return Term(TermKind.MONTH, months=(number,))


_DEPUTY_PSYCHOLOGIST = (Duty.DEPUTY, Duty.PSYCHOLOGIST)
_CLASS_SUBJECT = (Duty.CLASS_TEACHER, Duty.SUBJECT_TEACHER)
ROWS = (
    CatalogueRow(1, 1, "Разработка и введение в действие локальных нормативных актов по профилактике учебной "
                 "неуспешности", "Август", _month(8), (Duty.ADMINISTRATION,),
                 "Локальные нормативные акты", Expected.LOCAL_ACT),
    CatalogueRow(2, 1, "Совещание педагогического коллектива о мерах внутришкольной системы профилактики учебной "
                 "неуспешности", "Ежемесячно", Term(TermKind.RECURRING, every=Every.MONTH),
                 (Duty.ADMINISTRATION, Duty.TEACHING_STAFF), "Протоколы совещаний", Expected.PROTOCOL),
    CatalogueRow(3, 2, "Мониторинг знаний по основным разделам: текущие контрольные работы и срезы, поиск пробелов, "
                 "которые надо быстро закрыть", "По графику оценочных процедур",
                 Term(TermKind.BY_SCHEDULE, schedule=Schedule.ASSESSMENTS), (Duty.SUBJECT_TEACHER, Duty.DEPUTY),
                 "Анализы контрольных работ", Expected.TEST_ANALYSIS),
    CatalogueRow(4, 2, "Сведения классных руководителей и учителей-предметников о работе со слабоуспевающими и "
                 "неуспевающими", "Октябрь, декабрь, март, май", Term(TermKind.MONTHS, months=(10, 12, 15, 17)),
                 _CLASS_SUBJECT, "Отчёты по итогам четвертей и года", Expected.TERM_REPORT),
    CatalogueRow(5, 2, "Мониторинг эффективности работы по профилактике учебной неуспешности", "Май", _month(17),
                 (Duty.DEPUTY,), "Аналитическая справка", Expected.ANALYTICAL_NOTE),
    CatalogueRow(6, 2, "Совещание «Результаты мониторинга эффективности работы по профилактике учебной неуспешности»",
                 "Май", _month(17), (Duty.ADMINISTRATION,), "Протокол совещания", Expected.PROTOCOL),
    CatalogueRow(7, 3, "Учёт неуспевающих и слабоуспевающих обучающихся", "В течение года", Term(TermKind.ALL_YEAR),
                 (Duty.DEPUTY, Duty.PSYCHOLOGIST, Duty.SOCIAL_PEDAGOGUE), "Информация", Expected.REGISTRY,
                 specialists=True),
    CatalogueRow(8, 3, "Консультационный семинар о разработке индивидуальных планов ликвидации академической "
                 "неуспеваемости для обучающихся с рисками учебной неуспешности", "Октябрь", _month(10),
                 _DEPUTY_PSYCHOLOGIST, "Протокол семинара", Expected.PROTOCOL, specialists=True),
    CatalogueRow(9, 3, "Разработка индивидуальных образовательных траекторий для обучающихся с рисками учебной "
                 "неуспешности и особыми образовательными потребностями", "Октябрь", _month(10),
                 (Duty.PSYCHOLOGIST, Duty.SUBJECT_TEACHER), "Индивидуальные образовательные траектории",
                 Expected.ROUTE, specialists=True),
    CatalogueRow(10, 3, "Методические рекомендации по ликвидации пробелов в знаниях", "Октябрь – ноябрь",
                 Term(TermKind.RANGE, months=(10, 11)), (Duty.METHODICAL_HEAD,), "Методические рекомендации",
                 Expected.METHODICAL),
    CatalogueRow(11, 3, "Организация обучения неуспевающих на заседаниях ШМО", "Январь", _month(13),
                 (Duty.METHODICAL_HEAD,), "Протоколы заседаний ШМО", Expected.PROTOCOL),
    CatalogueRow(12, 3, "Консультационный семинар о разработке программ наставничества для обучающихся с рисками "
                 "учебной неуспешности", "Ноябрь", _month(11), _DEPUTY_PSYCHOLOGIST, "Протокол семинара",
                 Expected.PROTOCOL, specialists=True),
    CatalogueRow(13, 3, "Наставнические пары «ученик-ученик», «учитель-ученик» и программы наставничества",
                 "В течение года", Term(TermKind.ALL_YEAR), (Duty.DEPUTY,), "Локальные нормативные акты",
                 Expected.LOCAL_ACT),
    CatalogueRow(14, 3, "Участие педагогов в мероприятиях регионального и муниципального уровней",
                 "По графику мероприятий", Term(TermKind.BY_SCHEDULE, schedule=Schedule.EVENTS), (Duty.DEPUTY,)),
    CatalogueRow(15, 4, "Установление причин отставания слабоуспевающих: беседы с учителями-предметниками, родителями "
                 "и самими обучающимися", "Ноябрь", _month(11), (Duty.PSYCHOLOGIST, Duty.CLASS_TEACHER), "Информация",
                 Expected.CAUSES, specialists=True),
    CatalogueRow(16, 4, "Индивидуальная работа с неуспевающими в урочное и внеурочное время", "Постоянно",
                 Term(TermKind.CONTINUOUS), (Duty.SUBJECT_TEACHER,),
                 "Журналы учёта работы с неуспевающими и слабоуспевающими обучающимися", Expected.WORK_JOURNAL),
    CatalogueRow(17, 4, "Индивидуальные беседы со слабоуспевающими и неуспевающими о состоянии их учебных дел",
                 "По мере необходимости", Term(TermKind.AS_NEEDED), (Duty.CLASS_TEACHER,),
                 "Журналы бесед с обучающимися", Expected.PUPIL_TALKS),
    CatalogueRow(18, 5, "Информирование родителей о результатах обучения слабоуспевающих и неуспевающих", "Постоянно",
                 Term(TermKind.CONTINUOUS), _CLASS_SUBJECT, "Журнал бесед с родителями (законными представителями)",
                 Expected.PARENT_TALKS),
    CatalogueRow(19, 5, "Индивидуальные беседы с родителями по результатам контрольных и диагностических работ",
                 "По мере необходимости", Term(TermKind.AS_NEEDED), (Duty.SUBJECT_TEACHER,),
                 "Журнал бесед с родителями (законными представителями)", Expected.PARENT_TALKS),
    CatalogueRow(20, 5, "Родительское собрание «Причины школьной неуспешности и пути ее преодоления»", "Декабрь",
                 _month(12), (Duty.ADMINISTRATION,), "Протокол собрания", Expected.PROTOCOL),
)  # fmt: skip
