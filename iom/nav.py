"""The entries of routes, journals and mentoring in the navigation. Each part registers its own."""

from iom.entry_links import route_links
from iom.permissions_effect import can_see_effect
from iom.permissions_extra import can_see_extra
from iom.permissions_mentoring import can_see_pairs
from iom.permissions_programs import can_see_programs
from iom.permissions_progress import can_see_progress
from iom.permissions_routes import can_see_routes
from iom.permissions_work import can_see_journals
from iom.teacher_links import teacher_route_links
from risk_registry.entry_links import entry_links_register
from school.navigation import NavItem, Section, nav_register
from teaching.links import person_links_register

nav_register(NavItem("Наставничество", "mentoring:list", Section.HELP, 30, can_see_pairs))
nav_register(NavItem("Маршруты", "routes:list", Section.HELP, 10, can_see_routes, key="И"))
nav_register(NavItem("Программы и конкурсы", "programs:list", Section.HELP, 35, can_see_programs))
nav_register(NavItem("Доп. занятия", "extra:timetable", Section.HELP, 20, can_see_extra, key="Д"))
nav_register(NavItem("Помогло ли", "effect:page", Section.PROGRAM, 50, can_see_effect))
entry_links_register(route_links)
person_links_register(teacher_route_links)
nav_register(NavItem("Листы продвижения", "progress:list", Section.RESULTS, 40, can_see_progress))
nav_register(NavItem("Индивидуальная работа", "work:list", Section.HELP, 15, can_see_journals))
