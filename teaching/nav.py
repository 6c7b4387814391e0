"""The entries of this app in the navigation."""

from school.navigation import NavItem, Section, nav_register
from teaching.permissions import can_read_all, can_see_teaching, can_write_own

nav_register(NavItem("Моё развитие", "teaching:mine", Section.TEACHERS, 60, can_write_own))
nav_register(NavItem("Банк практик", "teaching:practices", Section.TEACHERS, 61, can_see_teaching))
nav_register(NavItem("Развитие педагогов", "teaching:trainings", Section.TEACHERS, 62, can_read_all))
