"""The duties of the sources: who does what by when, in short words of our own with their sense kept.

Codes T, C, S, P, A, SP are those of section 10 of the school's program; D1–D9 are the nine measures of the deputy in
the technological card, whose rows for other participants the source leaves blank; G1–G5 are the program's order of
governance.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmaps.duty_words import Cycle, DutyKind, DutyRole, Handling, Source

BY_ITSELF, HAND = Handling.COMPUTED, Handling.HAND


@dataclass(frozen=True)
class Threshold:
    """A number that the source asks for: at least `least`, where it says so up to `most`."""

    metric: str
    least: int
    most: int | None = None


@dataclass(frozen=True)
class Duty:
    """One duty. `term` is printed, `cycle` is its structure; `certain` is False where the source's term is a likely
    reading. A `shared` one is done by the role as a whole: whoever did it did it for all. Of one that is not `asked`
    (daily practice, prohibitions, what pupils and parents do) nobody is told that there is no record. `note` tells what
    the source leaves open, `steps` its steps or degrees in order.
    """

    code: str
    role: DutyRole
    text: str
    cycle: Cycle
    kind: DutyKind
    handling: Handling
    source: Source = Source.PROGRAM
    term: str = ""
    shared: bool = False
    certain: bool = True
    threshold: Threshold | None = None
    steps: tuple[str, ...] = ()
    note: str = ""
    asked: bool = True
    own: int | None = None  # the key of the school's own

    @property
    def when(self) -> str:
        """The term in words."""
        return self.term or self.cycle.label

    @property
    def source_words(self) -> str:
        """Where it is written, with its code where it has one."""
        return self.source.label

    @property
    def markable(self) -> bool:
        """Whether a person may write that it was done: not of what is forbidden."""
        return self.kind != DutyKind.PROHIBITION


def _teacher() -> Iterator[Duty]:
    role = DutyRole.SUBJECT_TEACHER
    yield Duty("T1", role, "В начале года провести диагностику: чему ученики обучены.", Cycle.BEGINNING,
               DutyKind.TASK, BY_ITSELF)  # fmt: skip
    yield Duty("T2", role, "Спрашивать по-разному: устно, письменно, индивидуально, — чтобы оценка была объективной.",
               Cycle.ALWAYS, DutyKind.PRACTICE, HAND, asked=False)  # fmt: skip
    yield Duty("T3", role, "Опрашивать регулярно и ставить отметки вовремя, не копить их к концу периода, когда ученик "
               "уже не успеет исправить.", Cycle.PERIOD, DutyKind.THRESHOLD, BY_ITSELF,
               threshold=Threshold("students_marked_per_lesson", 5, 7),
               note="Источник называет 5–7 опрошенных на уроке; по урокам это не считается и не спрашивается: отметка "
               "появляется, когда в последние три недели периода нет сигналов «Мало отметок».")  # fmt: skip
    yield Duty("T4", role, "Объяснять ученику отметку: что не получилось и что исправить.", Cycle.ALWAYS,
               DutyKind.PRACTICE, HAND, asked=False)  # fmt: skip
    yield Duty("T5", role, "Закрыть пробелы, которые показала контрольная работа, и провести повторный контроль.",
               Cycle.NEED, DutyKind.WORKFLOW, BY_ITSELF,
               steps=("двойка за контрольную", "запись пробела", "индивидуальная работа", "повторный контроль",
                      "результат"))  # fmt: skip
    yield Duty("T6", role, "Назвать слабоуспевающему срок освоения темы, при затруднении дать консультацию.",
               Cycle.NEED, DutyKind.FIELD, BY_ITSELF)  # fmt: skip
    yield Duty("T7", role, "Сообщить классному руководителю или родителям, когда двоек накопилось три и больше.",
               Cycle.NEED, DutyKind.TRIGGER, BY_ITSELF, threshold=Threshold("unsatisfactory_marks", 3),
               note="Окно в источнике не названо; сигнал считает по одному предмету за учебный период. Классному "
               "руководителю сигнал виден без сообщения.")  # fmt: skip
    yield Duty("T8", role, "Не снижать отметку за поведение: на него влияют другими способами.", Cycle.ALWAYS,
               DutyKind.PROHIBITION, HAND, asked=False)  # fmt: skip


def _class_teacher() -> Iterator[Duty]:
    role = DutyRole.CLASS_TEACHER
    yield Duty("C1", role, "Выяснять причины неуспеваемости: беседы, анкеты, при необходимости — психолог.",
               Cycle.NEED, DutyKind.TASK, BY_ITSELF,
               note="Когда нужен психолог, в источнике не определено: решает классный руководитель.")  # fmt: skip
    yield Duty("C2", role, "Если дело в пропусках — выяснить, уважительны ли причины.", Cycle.NEED, DutyKind.TASK,
               BY_ITSELF)  # fmt: skip
    yield Duty("C3", role, "Немедленно сообщить родителям о пропусках: тем весомее, чем их больше.", Cycle.AT_ONCE,
               DutyKind.ESCALATION, BY_ITSELF,
               steps=("единичный случай: запись в дневнике", "неоднократно: беседа с родителями",
                      "систематически: малый педсовет"),
               note="Границы «неоднократно» и «систематически» в источнике не заданы: их ставит школа.")  # fmt: skip
    yield Duty("C4", role, "Если домашние задания не делаются или на уроке не работают — профилактическая работа с "
               "родителями; если они уклоняются, с психологом.", Cycle.NEED, DutyKind.TRIGGER, BY_ITSELF)  # fmt: skip
    yield Duty("C5", role, "На жалобу о большом объёме домашних заданий — обсудить с учителем или обратиться к "
               "администрации.", Cycle.NEED, DutyKind.TRIGGER, BY_ITSELF)  # fmt: skip
    yield Duty("C6", role, "При необходимости — помощь слабоуспевающим силами актива класса.", Cycle.NEED,
               DutyKind.OPTIONAL, HAND, asked=False)  # fmt: skip
    yield Duty("C7", role, "Если сделано всё, а результата нет, — ходатайствовать о малом педсовете.", Cycle.NEED,
               DutyKind.ESCALATION, BY_ITSELF)  # fmt: skip


def _student() -> Iterator[Duty]:
    role = DutyRole.STUDENT
    yield Duty("S1", role, "Выполнять домашние задания и вовремя сдавать письменные работы.", Cycle.ALWAYS,
               DutyKind.DUTY, HAND, asked=False)  # fmt: skip
    yield Duty("S2", role, "Работать на уроке, выполнять все задания.", Cycle.ALWAYS, DutyKind.DUTY,
               HAND, asked=False)  # fmt: skip
    yield Duty("S3", role, "Пропущенное изучить самостоятельно; при затруднении прийти к учителю на консультацию.",
               Cycle.NEED, DutyKind.DUTY, HAND, asked=False)  # fmt: skip


def _parents() -> Iterator[Duty]:
    role = DutyRole.PARENTS
    yield Duty("P1", role, "Приходить в школу по приглашению педагога.", Cycle.NEED, DutyKind.DUTY, BY_ITSELF,
               shared=True, asked=False)  # fmt: skip
    yield Duty("P2", role, "Следить за домашними заданиями и посещением школы.", Cycle.ALWAYS, DutyKind.DUTY,
               HAND, asked=False)  # fmt: skip
    yield Duty("P3", role, "Помогать освоить пропущенное по болезни: дома или через консультацию учителя.",
               Cycle.NEED, DutyKind.DUTY, HAND, asked=False)  # fmt: skip
    yield Duty("P4", role, "Право посещать уроки, где у ребёнка низкий результат.", Cycle.NEED, DutyKind.RIGHT,
               BY_ITSELF, shared=True, asked=False)  # fmt: skip
    yield Duty("P5", role, "Право обращаться за помощью к классному руководителю, психологу, администрации.",
               Cycle.NEED, DutyKind.RIGHT, BY_ITSELF, shared=True, asked=False)  # fmt: skip
    yield Duty("P6", role, "При уклонении родителей материалы передаются в комиссию по делам несовершеннолетних.",
               Cycle.NEED, DutyKind.ESCALATION, HAND, asked=False,
               note="Только решением администрации: ничто не предлагается и не отправляется само, здесь не "
               "считается. Решения — на странице «Решения по семьям».")  # fmt: skip


def _administration() -> Iterator[Duty]:
    role = DutyRole.ADMINISTRATION
    yield Duty("A1", role, "Организовать работу педагогического совета.", Cycle.PERIOD, DutyKind.TASK, BY_ITSELF,
               shared=True, certain=False)  # fmt: skip
    yield Duty("A2", role, "Контролировать работу всех звеньев со слабоуспевающими.", Cycle.PERIOD, DutyKind.CONTROL,
               BY_ITSELF, shared=True, certain=False)  # fmt: skip
    yield Duty("A3", role, "Составить по итогам года аналитическую справку о работе со слабоуспевающими.",
               Cycle.YEAR_END, DutyKind.REPORT, BY_ITSELF, shared=True,
               note="Отметка появляется, когда справка за весь год утверждена в «Отчётах».")  # fmt: skip
    yield Duty("A4", role, "Проводить собеседования с классными руководителями не реже раза в месяц.", Cycle.MONTH,
               DutyKind.RECURRING, BY_ITSELF, shared=True,
               threshold=Threshold("interviews_per_class_teacher_per_month", 1))  # fmt: skip
    yield Duty("A5", role, "Беседовать с обучающимися: почему не успевают, что затрудняет.", Cycle.PERIOD,
               DutyKind.TASK, BY_ITSELF, shared=True, certain=False)  # fmt: skip
    for code, text, cycle in _BODIES:
        yield Duty(code, role, text, cycle, DutyKind.BODY, BY_ITSELF, Source.PASSPORT, shared=True)


_BODIES = (
    ("G1", "Планёрка.", Cycle.WEEK),
    ("G2", "Совещание при директоре.", Cycle.MONTH),
    ("G3", "Заседание рабочей группы.", Cycle.HALF_MONTH),
    ("G4", "Педагогический совет.", Cycle.EACH),
    ("G5", "Рассмотреть результаты программы на совещании при директоре.", Cycle.HALF_YEAR),
)


def _service() -> Iterator[Duty]:
    role = DutyRole.SERVICE
    yield Duty("SP1", role, "Составить неуспевающему индивидуальный план социально-психологической помощи.",
               Cycle.NEED, DutyKind.DOCUMENT, BY_ITSELF)  # fmt: skip
    yield Duty("SP2", role, "Довести график занятий и бесед до родителей и классного руководителя.", Cycle.NEED,
               DutyKind.NOTIFICATION, BY_ITSELF, note="Подтверждение — отметка об ознакомлении.")  # fmt: skip


_MEASURES = (
    ("D1", "Составить список обучающихся группы риска.", Cycle.START, "начало учебного года (до 15.09)", True),
    ("D2", "Собеседование с классными руководителями: согласовать список, разобрать причины низких результатов "
     "оценочных процедур.", Cycle.START, "начало учебного года (до 15.09)", False),
    ("D3", "Собеседование с учителями-предметниками: согласовать индивидуальные формы и методы работы.", Cycle.START,
     "начало учебного года (до 15.09)", False),
    ("D4", "Организовать контроль за формами и методами работы.", Cycle.PERIOD, "", False),
    ("D5", "Организовать взаимодействие учителей, родителей и психологической службы: консилиум.", Cycle.PERIOD,
     "в течение каждой четверти", True),
    ("D6", "Контролировать работу классных руководителей с семьями.", Cycle.PERIOD, "в течение каждой четверти", True),
    ("D7", "Собеседование с учителями по итогам индивидуальной работы.", Cycle.PERIOD_END,
     "в конце каждой четверти и года", True),
    ("D8", "Индивидуальные беседы с учителями о неуспешных обучающихся.", Cycle.PERIOD_END,
     "в конце каждой четверти и года", False),
    ("D9", "Индивидуальные беседы с неуспешными обучающимися и их родителями.", Cycle.PERIOD_END,
     "в конце каждой четверти и года", False),
)  # fmt: skip


def _deputy() -> Iterator[Duty]:
    for code, text, cycle, term, certain in _MEASURES:
        handling = HAND if code == "D6" else BY_ITSELF
        yield Duty(code, DutyRole.DEPUTY, text, cycle, DutyKind.MEASURE, handling, Source.CARD, term, shared=True,
                   certain=certain, note="" if certain else "Срок — вероятное прочтение источника.")  # fmt: skip


DUTIES: dict[str, Duty] = {
    duty.code: duty
    for told in (_deputy, _administration, _teacher, _class_teacher, _service, _student, _parents)
    for duty in told()
}
