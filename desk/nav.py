"""The desk's entries in the navigation."""

from desk.permissions import can_see_desk
from school.navigation import NavItem, Section, nav_register, search_register

nav_register(NavItem("Рабочий стол", "desk:home", Section.MAIN, 10, can_see_desk, key="Г"))
search_register("desk:search")
