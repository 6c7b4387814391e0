"""The registry's entries in the navigation."""

from gradebook.procedure_pages import PageTab, card_register, tab_register
from risk_registry.permissions import (
    can_hold_interviews,
    can_plan_work,
    can_record_complaint,
    can_see_approvals,
    can_see_calibration,
    can_see_registry,
    can_see_works,
    can_see_works_alarms,
    scope_of,
    sees_timetable_only,
)
from risk_registry.permissions_debts import can_print_year_papers, can_see_admission, can_see_debts
from school.navigation import NavItem, Section, nav_register

nav_register(
    NavItem("Реестр", "registry:list", Section.MAIN, 20, can_see_registry, key="Р"),
    NavItem("Согласование", "registry:approvals", Section.MAIN, 25, can_see_approvals),
    NavItem("Сигналы", "registry:signals", Section.MAIN, 30, can_see_registry, key="С"),
    NavItem("Формы работы", "registry:work", Section.MAIN, 35, can_plan_work),
    NavItem("Задолженность", "debts:list", Section.MAIN, 40, can_see_debts),
    NavItem("Допуск к ГИА", "debts:admission", Section.RESULTS, 30, can_see_admission),
    NavItem("Перевод", "debts:transfer", Section.RESULTS, 35, can_print_year_papers),
    NavItem("Конец периода", "registry:ending", Section.MAIN, 45, can_see_works),
    NavItem("Собеседования", "registry:interviews", Section.HELP, 40, can_hold_interviews),
    NavItem("Жалобы на задания", "registry:complaints", Section.HELP, 45, can_record_complaint),
    NavItem("Оценочные процедуры", "registry:works", Section.RESULTS, 20, can_see_works),
    NavItem("График оценочных процедур", "procedures:timetable", Section.RESULTS, 20, sees_timetable_only),
    NavItem("Калибровка", "registry:calibration", Section.DATA, 60, can_see_calibration),
)
tab_register(
    PageTab(10, "Результаты", "registry:works", can_see_works),
    PageTab(30, "Тревога по двойкам", "registry:works_alarms", can_see_works_alarms),
)
card_register("registry:external_work", lambda user: scope_of(user).sees)
