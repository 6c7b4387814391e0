"""The background work that prints notices with QR codes: links are made and printed in one, so that no secret waits in
between in any table."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from common.errors import Refused
from common.russian import counted
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.rendering.pdf import render_pdf
from documents.services.files import file_store
from documents.services.jobs import job_request
from parents.models import Notice
from parents.outside import PARAM, only_here, public_address
from parents.permissions import can_make_notices, notice_pupils
from parents.reports.notices import notices_name, with_links
from parents.services.links import Wish, link_make
from parents.words import Matter, NoticeState
from school.access import access_of
from school.models import School, User

PRINT = "parents.link_papers"
FILE = "parents.link_papers_file"
_DONE = "Готово. Прежние ссылки на эти уведомления больше не открываются."
_NOT_OUTSIDE = (
    "Готово, но коды открываются только на этом компьютере: родителям эти листы не раздавайте, пока администратор не "
    "задал адрес школы в настройке PUBLIC_URL. Для бумаги есть «В PDF» без кодов."
)
_ANSWERED = (NoticeState.WITHDRAWN, NoticeState.KNOWN, NoticeState.DECLINED)


def papers_request(*, by: User, school: School, notices: Sequence[int], key: str) -> Job:
    """Order notices with codes. Raises `Refused` when the person may not."""
    params = {"school": school.pk, "notices": list(notices)}
    number = counted(len(notices), "уведомление", "уведомления", "уведомлений")
    return job_request(by=by, school=school, kind=PRINT, params=params, key=key, title=f"Печать с QR-кодами: {number}")


def may_print(user: User, params: Params) -> bool:
    """Whoever makes notices in that school, where it is reachable; which of them is asked when they are read."""
    school = access_of(user).school
    own = school is not None and bool(school.pk == params["school"])
    return bool(settings.PUBLIC_URL) and own and can_make_notices(user)


def may_fetch(user: User, params: Params) -> bool:
    """The asker, as long as all that is in the file is still theirs to keep."""
    if params.get("asked_by") != user.pk or not may_print(user, params):
        return False
    return bool(kept(user, params).count() == len(params["notices"]))


def kept(user: User, params: Params) -> QuerySet[Notice]:
    """The notices whose links the person makes."""
    rows = Notice.objects.visible_to(user).filter(pk__in=params["notices"], school=params["school"])
    return rows.filter(pupil__in=notice_pupils(user).order_by().values("pk"))


def run_print(run: JobRun) -> JobOutcome:
    """Make a link for each notice that still waits, print all of them in one file."""
    school = run.school
    rows = kept(run.user, run.params).exclude(state__in=_ANSWERED).select_related("pupil__school", "guardian")
    found = list(rows.order_by("number"))
    if school is None or not found:
        raise Refused("Печатать нечего: на эти уведомления уже ответили, либо они отозваны.")
    run.progress(10, "Создаём ссылки")
    report = with_links(school, [(row, _address(run.user, row)) for row in found])
    run.progress(40, "Готовим документ")
    file = file_store(
        by=run.user,
        school=school,
        kind=FILE,
        params={"school": school.pk, "notices": [row.pk for row in found], "asked_by": run.user.pk},
        name=f"{notices_name(report)} с QR-кодами.pdf",
        content=render_pdf(render_to_string("parents/notice_print.html", {"report": report})),
        content_type=CONTENT_TYPES["pdf"],
    )
    return JobOutcome(file=file, message=_NOT_OUTSIDE if only_here() else _DONE)


def _address(by: User, row: Notice) -> str:
    wish = Wish(pupil=row.pupil, matter=Matter.NOTICE, notice=row, guardian=row.guardian)
    made = link_make(by=by, wish=wish)
    return public_address(f"{reverse('outside:link')}?{PARAM}={made.secret}") or ""
