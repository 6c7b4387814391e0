"""`./opora doctor`: what is installed, reachable, migrated, writable; what to do about what is not. Changes nothing."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from launcher import postgres, valkey
from launcher.packages import DEVELOPING, RUNNING, has_packages
from launcher.place import Place
from launcher.project import run_manage
from launcher.say import Refusal, tell
from launcher.services import outside_of, owner_environment, project_environment
from launcher.system import PANGO_PACKAGES, chromium, has_pango, install_line, missing_for_python
from launcher.verbs.down import is_up
from launcher.verbs.options import parse

ENOUGH_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `remedy` is empty when all is well; without what is `needed` Опора does not run."""

    what: str
    state: str
    remedy: str = ""
    needed: bool = True


def run(place: Place, arguments: Sequence[str]) -> int:
    """Returns 1 when something is missing without which Опора does not run."""
    parse("./opora doctor", [], arguments)
    findings = [look(place) for look in CHECKS]
    for finding in findings:
        sign = "✓" if not finding.remedy else "✗" if finding.needed else "–"
        tell(f"{sign} {finding.what}: {finding.state}" + (f"\n    {finding.remedy}" if finding.remedy else ""))
    return 1 if any(finding.remedy and finding.needed for finding in findings) else 0


def _python(place: Place) -> Finding:
    return Finding("Python", f"{sys.version.split()[0]} ({sys.executable})")


def _packages(place: Place) -> Finding:
    if has_packages(place, DEVELOPING):
        return Finding("Пакеты Python", "установлены, и те, что нужны тестам")
    if has_packages(place, RUNNING):
        return Finding("Пакеты Python", "установлены (для тестов поставит ./opora test)")
    missing = missing_for_python()
    first = f"{install_line(missing)}, затем " if missing else ""
    return Finding("Пакеты Python", "не установлены или устарели", f"{first}./opora up")


def _data(place: Place) -> Finding:
    nearest = next(path for path in (place.data, *place.data.parents) if path.exists())
    if not os.access(nearest, os.W_OK):
        return Finding("Каталог данных", f"{place.data}: нет права записи", "OPORA_DATA=/каталог/данных ./opora …")
    free = shutil.disk_usage(nearest).free
    state = f"{place.data}, свободно {free / 1024**3:.1f} ГиБ"
    return Finding("Каталог данных", state, "" if free > ENOUGH_BYTES else "освободите место: нужно не меньше 2 ГиБ")


def _database(place: Place) -> Finding:
    if outside_of(os.environ).database:
        return Finding("База данных", "внешняя (DATABASE_URL)")
    if not has_packages(place, RUNNING) or not postgres.is_running(place):
        return Finding("База данных", "встроенная, не запущена", "запустит ./opora up", needed=False)
    if postgres.is_ready(place):
        return Finding("База данных", "встроенная, отвечает")
    return Finding("База данных", "встроенная, не отвечает", f"журнал: {place.logs / 'postgres.log'}")


def _broker(place: Place) -> Finding:
    if outside_of(os.environ).broker:
        return Finding("Valkey", "внешний (REDIS_URL)")
    if not place.data.exists() or not valkey.is_ready(place):
        return Finding("Valkey", "встроенный, не запущен", "запустит ./opora up", needed=False)
    return Finding("Valkey", "встроенный, отвечает")


def _migrations(place: Place) -> Finding:
    answers = outside_of(os.environ).database or _database(place).state == "встроенная, отвечает"
    if not answers or not has_packages(place, RUNNING):
        return Finding("Миграции", "не проверить: база данных не запущена", needed=False)
    environment = owner_environment(project_environment(place, os.environ))
    try:
        run_manage(place, environment, "migrate", "--check", "--verbosity=0")
    except Refusal as refusal:
        return Finding("Миграции", str(refusal).splitlines()[-1], "./opora manage migrate")
    return Finding("Миграции", "применены")


def _pdf(place: Place) -> Finding:
    if has_pango():
        return Finding("PDF", "библиотека Pango найдена")
    return Finding("PDF", "нет библиотеки Pango: PDF не делаются", install_line(PANGO_PACKAGES), needed=False)


def _browser(place: Place) -> Finding:
    found = chromium()
    if found:
        return Finding("Chromium для тестов", found)
    return Finding("Chromium для тестов", "не найден", install_line(["chromium"]), needed=False)


def _site(place: Place) -> Finding:
    if not is_up(place):
        return Finding("Сайт", "не запущен", "./opora up", needed=False)
    address = place.running / "address"
    return Finding("Сайт", address.read_text() if address.exists() else "запускается")


CHECKS: list[Callable[[Place], Finding]] = [
    _python,
    _packages,
    _data,
    _database,
    _broker,
    _migrations,
    _pdf,
    _browser,
    _site,
]
