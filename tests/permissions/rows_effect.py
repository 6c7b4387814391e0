"""Whether work helped: the director, the deputy, methodical heads; of the school as a whole."""

from datetime import date

from iom.services.work import Work, WorkedWith, work_record
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """One piece of work with the pupil in algebra."""
    work = Work(date(2026, 10, 5), topic="Дроби", subject=world.things["algebra"], form="after")
    work_record(by=world.users["dep"], school=world.school, work=work, pupils=[WorkedWith(world.pupil)], signals=[])


# fmt: off
ROWS = [
    #                       anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("effect:page",     "302  200   200 200 403 403 403 403  403 403 200 403 403 403 403 403"),
    Row("effect:pupils",   "302  404   404 404 403 403 403 403  403 403 404 403 403 403 403 403", about="of no line"),
]
# fmt: on
