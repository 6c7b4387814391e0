"""The entries of the service in the navigation."""

from consultations.permissions import can_see_schedule, is_specialist
from consultations.permissions_councils import can_see_councils
from consultations.permissions_talks import can_see_referrals, is_of_service
from school.navigation import NavItem, Section, nav_register

nav_register(NavItem("Приём и встречи", "service:receiving", Section.SERVICE, 38, can_see_schedule, key="Ц"))
nav_register(NavItem("Моя неделя", "week:page", Section.SERVICE, 37, is_specialist))
nav_register(NavItem("Направления", "referrals:list", Section.SERVICE, 42, can_see_referrals, also=("advice:list",)))
nav_register(NavItem("Заметки и планы", "notes:list", Section.SERVICE, 43, is_of_service, also=("plans:list",)))
nav_register(NavItem("Консилиумы и советы", "councils:list", Section.SERVICE, 45, can_see_councils))
