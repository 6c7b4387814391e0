"""What the demo school's people have already decided, so that every state of the registry can be seen."""

from demo import cast
from risk_registry.models import RegistryEntry
from risk_registry.services.judging import period_judge
from risk_registry.services.registry import entries_decide
from risk_registry.workflow import Deed
from school.models import Period, School, User
from school.services.visits import visit_note

_APPROVED = ("5А", "5Б", "9А", "9Б")
_AGREED = "7А"
_LEFT_FOR_LATER = "Белова"


def classify(school: School) -> None:
    """Compute the periods that have begun."""
    for period in _periods(school):
        period_judge(period=period)


def decide(school: School) -> None:
    """The class teacher agreed to most of 7А; the deputy approved some classes, returned one entry, removed one."""
    first = _periods(school)[0]
    entries = RegistryEntry.objects.filter(period=first).select_related("school_class", "pupil")
    deputy, teacher = (User.objects.get(username=login) for login in ("zavuch", "klass"))
    _take(teacher, [e for e in entries if str(e.school_class) == _AGREED and e.pupil.last_name != _LEFT_FOR_LATER],
          Deed.AGREE)  # fmt: skip
    _take(deputy, [e for e in entries if str(e.school_class) in _APPROVED], Deed.APPROVE)
    others = [e for e in entries if str(e.school_class) == "8Б"]
    _take(deputy, others[:1], Deed.RETURN, "Уточните причины: родители сообщили о длительной болезни.")
    _take(deputy, others[1:2], Deed.REMOVE, "Внесён ошибочно: отметка относится к пересдаче.")


def remember_visit(school: School) -> None:
    """The deputy was last here on Friday afternoon, so the first login tells what has changed since."""
    friday = school.now().replace(day=20, hour=16, minute=40, second=0, microsecond=0)
    visit_note(by=User.objects.get(username="zavuch"), at=friday)


def _take(by: User, entries: list[RegistryEntry], deed: Deed, comment: str = "") -> None:
    if entries:
        entries_decide(by=by, versions={e.pk: e.version for e in entries}, what=deed, comment=comment)


def _periods(school: School) -> list[Period]:
    return list(
        Period.objects.filter(year__school=school, system="quarters", starts__lte=cast.TODAY).order_by("number")
    )
