"""The entry of the roadmap in the navigation."""

from roadmaps.permissions import can_see_roadmap
from school.navigation import NavItem, Section, nav_register

nav_register(NavItem("Дорожная карта", "roadmap:list", Section.RESULTS, 30, can_see_roadmap))
