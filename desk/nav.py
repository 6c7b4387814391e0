"""The desk's entries in the navigation."""

from desk.permissions import can_see_agenda, can_see_desk
from school.navigation import NavItem, Section, nav_register, search_register

nav_register(
    NavItem("Рабочий стол", "desk:home", Section.MAIN, 10, can_see_desk, key="Г"),
    NavItem("Что предстоит", "desk:agenda", Section.MAIN, 15, can_see_agenda, key="Ч"),
)
search_register("desk:search")
