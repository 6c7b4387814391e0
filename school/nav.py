"""The school's entries in the navigation."""

from school.navigation import NavItem, Section, nav_register
from school.permissions import can_issue_logins

nav_register(NavItem("Логины", "school:logins", Section.SCHOOL, 90, can_issue_logins))
