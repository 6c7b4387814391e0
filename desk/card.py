"""The pupil's card on paper: ordered on a page, made by a worker, fetched by whoever has the right to all its parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from common.errors import Refused
from common.russian import date_long
from desk.selectors.book import pupils_with_school
from desk.selectors.pupil import PupilPage, pupil_page, pupils_of_page
from desk.selectors.timeline import Asked
from documents.formats import CONTENT_TYPES
from documents.models import Job, StoredFile
from documents.registry import JobOutcome, JobRun, Params
from documents.rendering.pdf import render_pdf
from documents.services.files import file_store
from documents.services.jobs import job_request
from school.models import Pupil, User
from school.pupil_parts import Line, PupilPart, parts_for
from school.selectors_staff import school_heads

CARD = "desk.pupil_card"
TITLE = "Карточка обучающегося"
KEEP_DAYS = 7
SHOWN = 10
_GONE = "Этого ученика больше нет или он вам недоступен."


@dataclass(frozen=True)
class CardPart:
    """A part that was ticked, with what it tells; no lines: nothing is recorded."""

    title: str
    restricted: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Card:
    """The page's own value, with what its paper adds."""

    page: PupilPage
    parts: tuple[CardPart, ...]
    printed_by: str
    day: str
    class_teacher: str
    deputy: str

    @property
    def restricted(self) -> bool:
        """Whether the paper holds what is not for everybody who sees the pupil."""
        return any(part.restricted for part in self.parts)


def card_request(*, by: User, pupil: Pupil, period: int | None, parts: Iterable[str], key: str) -> Job:
    """Order the card with these parts (codes of `parts_for`); the same key is the same order."""
    params = {"pupil": pupil.pk, "school": pupil.school_id, "period": period, "parts": sorted(set(parts))}
    return job_request(by=by, school=pupil.school, kind=CARD, params=params, key=key, title=TITLE)


def may_have(user: User, params: Params) -> bool:
    """Whether the person sees the pupil and has the right to every part of the card, now."""
    pupil = _pupil(user, params)
    return pupil is not None and set(params["parts"]) <= {part.code for part in parts_for(user, pupil)}


def _pupil(user: User, params: Params) -> Pupil | None:
    return pupils_with_school(user).filter(pk=params["pupil"]).first()


def card_run(run: JobRun) -> JobOutcome:
    """Make the PDF with the rights that the person has now."""
    params: Any = run.params
    pupil = pupils_of_page(run.user).filter(pk=params["pupil"]).first()
    if pupil is None:
        raise Refused(_GONE)
    run.progress(20, "Собираем сведения")
    card = build_card(run.user, pupil, params["period"], params["parts"])
    run.progress(50, "Готовим PDF")
    file = file_store(
        by=run.user,
        school=pupil.school,
        kind=CARD,
        params=params,
        name=f"Карточка {pupil.short_name}.pdf".replace("\u00a0", " "),
        content=card_pdf(card),
        content_type=CONTENT_TYPES["pdf"],
        keep_days=KEEP_DAYS,
    )
    return JobOutcome(file=file, message="Карточка готова.", link=reverse("desk:pupil", args=[pupil.pk]))


def build_card(user: User, pupil: Pupil, period: int | None, parts: Iterable[str]) -> Card:
    """`pupil` comes from `pupils_of_page(user)`. Parts to which the person has no right are refused as a whole."""
    allowed = {part.code: part for part in parts_for(user, pupil)}
    wanted = set(parts)
    if not wanted <= allowed.keys():
        raise Refused("На часть этих сведений у вас больше нет права. Закажите карточку заново.")
    page = pupil_page(user, pupil, period, Asked(whole=True))
    teacher = page.book.school_class.class_teacher if page.book.school_class else None
    return Card(
        page=page,
        parts=tuple(_told(user, pupil, part) for code, part in allowed.items() if code in wanted),
        printed_by=user.display_name,
        day=date_long(page.book.today),
        class_teacher=teacher.short_name if teacher is not None else "",
        deputy=school_heads(pupil.school).deputy,
    )


def _told(user: User, pupil: Pupil, part: PupilPart) -> CardPart:
    return CardPart(part.title, part.restricted, tuple(part.tell(user, pupil)))


def card_pdf(card: Card) -> bytes:
    """On A4, as the school's papers are."""
    school = card.page.book.pupil.school
    signatures = [("Классный руководитель", card.class_teacher), ("Заместитель директора по УВР", card.deputy)]
    told = {
        "card": card,
        "page": card.page,
        "pupil": card.page.book.pupil,
        "founder": school.founder,
        "school": school.official_name,
        "signatures": [(post, name) for post, name in signatures if name],
    }
    return render_pdf(render_to_string("desk/pupil_print.html", told))


@dataclass(frozen=True)
class CardFile:
    """A card that was printed and is still kept."""

    file: StoredFile
    parts: str


def card_files(user: User, pupil: Pupil, allowed: Iterable[PupilPart]) -> list[CardFile]:
    """Kept cards of the pupil that the person may fetch, the newest first; one query. `allowed`: of `parts_for`."""
    titles = {part.code: part.title for part in allowed}
    rows = StoredFile.objects.filter(
        kind=CARD, school=pupil.school_id, params__pupil=pupil.pk, expires_at__gt=timezone.now()
    )
    mine = (row for row in rows.select_related("created_by__staff")[:50] if set(row.params["parts"]) <= titles.keys())
    files = [CardFile(row, ", ".join(titles[code] for code in row.params["parts"])) for row in mine]
    return files[:SHOWN]
