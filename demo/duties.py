"""The demo's card of duties: marks by hand, one of them withdrawn, two duties of the school's own, one switched off."""

from datetime import date

from demo.decisions import on_day
from demo.journals import user_named
from roadmaps.duty_catalogue import DUTIES
from roadmaps.duty_words import Cycle, DutyRole
from roadmaps.models import DutyMark
from roadmaps.selectors.duties import card_of
from roadmaps.services.duties import duty_mark, duty_mark_withdraw, duty_switch_off, own_duty_add
from school.models import School

_BEGAN, _LATER, _NOW = date(2026, 9, 2), date(2026, 11, 12), date(2026, 11, 20)


def share_duties(school: School) -> None:
    """The deputy fills what the sources leave blank; people mark what the system does not see."""
    deputy = user_named("zavuch")
    with on_day(school, _BEGAN):
        duty_switch_off(by=deputy, school=school, duty=DUTIES["C6"], why="актива класса в школе нет")
        own = own_duty_add(
            by=deputy,
            school=school,
            role=DutyRole.METHODICAL_HEAD,
            text="Провести в объединении заседание о работе со слабоуспевающими.",
            cycle=Cycle.EACH,
        )
        own_duty_add(
            by=deputy,
            school=school,
            role=DutyRole.CLASS_TEACHER,
            text="Передать секретарю список родителей, приглашённых на декабрьское собрание.",
            cycle=Cycle.NEED,
            due=date(2026, 12, 1),
        )
    with on_day(school, _LATER):
        _mark("shmo", f"own:{own.pk}", _LATER, "разобрали итоги первой четверти")
        _mark("zavuch", "D6", _LATER, "просмотрены журналы бесед 5–7 классов")
    with on_day(school, _NOW):
        mistaken = _mark("zavuch", "D6", _NOW, "")
        duty_mark_withdraw(by=deputy, mark=mistaken, why="отмечено дважды")


def _mark(login: str, code: str, on: date, note: str) -> DutyMark:
    by = user_named(login)
    assert by.staff is not None
    assert by.school is not None
    duty = card_of(by.school).find(code)
    assert duty is not None
    return duty_mark(by=by, staff=by.staff, duty=duty, on=on, note=note)
