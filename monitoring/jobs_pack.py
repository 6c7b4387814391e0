"""The background work that puts all papers of a period into one archive."""

from common.russian import counted
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun
from documents.services.files import KEEP_DAYS, file_store
from documents.services.jobs import job_request
from monitoring.jobs import own_period
from monitoring.reports.pack import pack_period
from school.models import Period, User

PACK = "monitoring.pack"
FILE = "monitoring.pack_file"


def pack_request(*, by: User, period: Period, key: str) -> Job:
    """Order the archive of a period."""
    params = {"period": period.pk, "school": period.year.school_id}
    title = f"Комплект документов за {period.title_accusative} {period.year.title}"
    return job_request(by=by, school=period.year.school, kind=PACK, params=params, key=key, title=title)


def run_pack(run: JobRun) -> JobOutcome:
    """Build, print and pack with the rights that the person has now."""
    period = own_period(run)
    content, found = pack_period(user=run.user, period=period, told=run.progress)
    run.progress(97, "Сохраняем архив")
    file = file_store(
        by=run.user,
        school=period.year.school,
        kind=FILE,
        params={"school": period.year.school_id},
        name=f"Комплект документов за {period.title_accusative} {period.year.title}.zip".replace("/", "-"),
        content=content,
        content_type=CONTENT_TYPES["zip"],
    )
    inside = sum(one.content is not None for one in found)
    left = [one.title for one in found if one.content is None]
    told = f"В комплекте {counted(inside, 'файл', 'файла', 'файлов')} и опись, хранится {KEEP_DAYS} дней."
    if left:
        told += f" Не вошли, рассказать пока не о чем: {', '.join(left)}."
    return JobOutcome(file=file, message=told)
