"""What a signal asks, of whom: the catalogue of the rules of early warning.

Sources: the duties of subject teachers (three unsatisfactory marks and more: tell class teacher or parents) and of
class teachers (a single absence: the diary; repeated: a talk with parents; systematic: a small council). The rest is
practice.
"""

from dataclasses import dataclass
from enum import StrEnum

from risk_registry.categories import SignalRule


class Addressee(StrEnum):
    """Whom a signal asks first. Which person that is follows from classes and assignments (`permissions.py`)."""

    TEACHER = "учитель"
    CLASS_TEACHER = "кл. руководитель"


@dataclass(frozen=True)
class Duty:
    """Who is asked for what; `source`: where it is written, empty where it is the school's practice."""

    who: Addressee
    what: str
    source: str = ""


_TEACHERS = "обязанности учителя-предметника"
_CLASS_TEACHERS = "обязанности классного руководителя"
_ABSENCES = {
    1: Duty(Addressee.CLASS_TEACHER, "запись в дневнике", _CLASS_TEACHERS),
    2: Duty(Addressee.CLASS_TEACHER, "беседа с родителями", _CLASS_TEACHERS),
    3: Duty(Addressee.CLASS_TEACHER, "ходатайство о малом педсовете", _CLASS_TEACHERS),
}
_OTHERS = {
    SignalRule.THREE_UNSATISFACTORY: Duty(Addressee.TEACHER, "сообщить кл. руководителю или родителям", _TEACHERS),
    SignalRule.CONTROL_FAILED: Duty(Addressee.TEACHER, "срок и повторный контроль", _TEACHERS),
    SignalRule.FALLING_TREND: Duty(Addressee.TEACHER, "выяснить причину, предложить консультацию"),
    SignalRule.EXTERNAL_GAP: Duty(Addressee.TEACHER, "сравнить работу с отметками, найти пробел"),
    SignalRule.FEW_MARKS: Duty(Addressee.TEACHER, "спросить до конца периода"),
}


def duty_of(rule: str, level: int = 0) -> Duty:
    """What a signal of this rule and level asks."""
    return _ABSENCES[max(1, level)] if rule == SignalRule.ABSENCES else _OTHERS[SignalRule(rule)]
