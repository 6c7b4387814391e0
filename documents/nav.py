"""This floor's entry in the navigation."""

from documents.permissions import can_see_own_jobs
from school.navigation import NavItem, Section, nav_register

nav_register(NavItem("Фоновые работы", "documents:jobs", Section.DATA, 90, can_see_own_jobs))
