"""The desk's entries in the navigation."""

from desk.permissions import can_see_agenda, can_see_desk, can_see_summary
from school.navigation import NavItem, Section, nav_register, search_register

nav_register(
    NavItem("Рабочий стол", "desk:home", Section.MAIN, 10, can_see_desk, key="Г"),
    NavItem("Сводка", "desk:summary", Section.MAIN, 12, can_see_summary),
    NavItem("Что предстоит", "desk:agenda", Section.MAIN, 15, can_see_agenda, key="Ч"),
)
search_register("desk:search")
