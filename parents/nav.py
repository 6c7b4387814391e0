"""The entries of the work with parents in the navigation."""

from django.conf import settings

from parents.permissions import can_open_links, can_see_conversations
from parents.permissions_escalation import can_see_family_cases
from parents.permissions_events import can_see_events
from parents.permissions_surveys import can_see_surveys
from school.models import User
from school.navigation import NavItem, Section, nav_register


def _links(user: User) -> bool:
    return bool(settings.PUBLIC_URL) and can_open_links(user)


nav_register(NavItem("Беседы", "parents:talks", Section.PARENTS, 40, can_see_conversations))
nav_register(NavItem("Уведомления", "notices:list", Section.PARENTS, 41, can_see_conversations))
nav_register(NavItem("Опросы", "surveys:list", Section.PARENTS, 45, can_see_surveys))
nav_register(NavItem("Мероприятия", "events:list", Section.PARENTS, 42, can_see_events))
nav_register(NavItem("Личные ссылки", "links:list", Section.PARENTS, 43, _links))
nav_register(NavItem("Решения по семьям", "family:list", Section.PARENTS, 46, can_see_family_cases))
