"""The command line: which verb, with which options."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from launcher.place import Place, place_of
from launcher.say import Refusal, note, speak_utf8, tell
from launcher.verbs import bench, doctor, down, manage, test, up

USAGE = """\
./opora up [--port N] [--background] [--fresh] [--empty]
    запустить сайт, фоновые задачи и планировщик; Ctrl-C или ./opora down останавливает всё
    --port N      порт сайта (обычно 8000)
    --background  вернуться в командную строку, когда всё запущено
    --fresh       удалить данные и начать с чистых
    --empty       не загружать учебную школу, создать администратора
./opora down
    остановить всё
./opora test [АРГУМЕНТЫ PYTEST]
    все проверки и тесты; с аргументами — только эти тесты
./opora manage КОМАНДА …
    команда управления; база данных запускается, если нужно
./opora bench [ИМЯ…] [--json ФАЙЛ]
    замеры скорости на собственных данных
./opora doctor
    что установлено и работает, что сделать с остальным

Данные лежат в .opora/ (OPORA_DATA переносит их). DATABASE_URL и REDIS_URL, если заданы, заменяют встроенные серверы."""

Verb = Callable[[Place, Sequence[str]], int]
VERBS: dict[str, Verb] = {
    "up": up.run,
    "down": down.run,
    "test": test.run,
    "manage": manage.run,
    "bench": bench.run,
    "doctor": doctor.run,
}


def main() -> int:
    """The whole process. A closed terminal or a polite end interrupts like Ctrl-C: what was started is stopped."""
    speak_utf8()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    return obey(sys.argv[1:])


def obey(given: Sequence[str]) -> int:
    """Run a verb. Exit status: 0 done, 1 refused, 2 wrong usage, 130 interrupted."""
    if not given or given[0] in ("help", "-h", "--help"):
        tell(USAGE)
        return 0
    verb = VERBS.get(given[0])
    if verb is None:
        note(f"Нет такой команды: {given[0]}\n\n{USAGE}")
        return 2
    try:
        return verb(place_of(Path(__file__).resolve().parent.parent, os.environ), given[1:])
    except Refusal as refusal:
        note(str(refusal))
        return 1
    except KeyboardInterrupt:
        return 130
