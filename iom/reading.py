"""The kinds of restricted facts of this app, as the log of readings names them."""

from school.restricted import restricted_kind

NEEDS_ROUTE = restricted_kind("needs_route", "маршрут для обучающегося с ОВЗ")
