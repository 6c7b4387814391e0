"""The entries of the plans in the navigation."""

from roadmaps.permissions import can_see_roadmap
from roadmaps.permissions_acts import can_see_acts
from roadmaps.permissions_duties import has_duties
from roadmaps.permissions_program import can_see_program
from roadmaps.permissions_sittings import can_see_sittings
from school.navigation import NavItem, Section, nav_register

nav_register(NavItem("Паспорт программы", "passport:page", Section.PROGRAM, 25, can_see_program))
nav_register(NavItem("Дорожная карта", "roadmap:list", Section.PROGRAM, 30, can_see_roadmap))
nav_register(NavItem("Заседания", "sittings:home", Section.PROGRAM, 34, can_see_sittings))
nav_register(NavItem("Локальные акты", "acts:list", Section.PROGRAM, 35, can_see_acts))
nav_register(NavItem("Мои обязанности", "duties:mine", Section.TEACHERS, 59, has_duties))
