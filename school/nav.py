"""The school's entries in the navigation."""

from school.navigation import NavItem, Section, nav_register
from school.permissions import (
    can_issue_logins,
    can_keep_municipality,
    can_open_first_school,
    can_see_readings,
    can_see_school,
    can_see_social_passport,
)

nav_register(
    NavItem("Обучающиеся", "school:pupils", Section.MAIN, 40, can_see_school, key="У"),
    NavItem("Социальный паспорт", "school:social_passport", Section.SERVICE, 60, can_see_social_passport),
    NavItem("Согласия", "school:consents", Section.SERVICE, 70, can_see_social_passport),
    NavItem("Кто открывал закрытое", "school:readings", Section.SCHOOL, 95, can_see_readings),
    NavItem("Школа", "school:card", Section.SCHOOL, 10, can_see_school),
    NavItem("Классы", "school:classes", Section.MAIN, 30, can_see_school, key="К"),
    NavItem("Предметы", "school:subjects", Section.SCHOOL, 30, can_see_school),
    NavItem("Сотрудники", "school:staff", Section.SCHOOL, 40, can_see_school, key="Л"),
    NavItem("Учебный день", "day:lessons", Section.SCHOOL, 35, can_see_school),
    NavItem("Муниципалитет", "school:municipality", Section.SCHOOL, 80, can_keep_municipality),
    NavItem("Логины", "school:logins", Section.SCHOOL, 90, can_issue_logins),
    NavItem("Новая школа", "school:first_school", Section.SCHOOL, 95, can_open_first_school),
)
