"""A pupil's sheet of meetings for the parents, with a slip to sign and tear off."""

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.timezone import localdate

from common.errors import Refused
from common.names import Case, declined
from consultations.models import MeetingNotice
from consultations.rules.bringing import SheetLine
from consultations.selectors.bringing import lines_of
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from school.selectors_pupils import seat_in_words, stays_of

TITLE = "График встреч для родителей"


@dataclass(frozen=True)
class MeetingSheet:
    """The sheet; `whose`: «Ковтуна Матвея Андреевича»."""

    school: str
    name: str
    whose: str
    seat: str
    begins: date
    ends: date
    made: date
    lines: tuple[SheetLine, ...]


def build_for_query(query: ReportQuery) -> MeetingSheet:
    """Of the notice `extra["notice"]` as it was made; `Refused` when whoever asks does not see its pupil."""
    rows = MeetingNotice.objects.filter(school=query.school, pk=query.extra.get("notice", 0))
    if query.user is not None:
        rows = rows.visible_to(query.user)
    notice = rows.select_related("pupil__school").first()
    if notice is None:
        raise Refused("Этого графика больше нет, или ученика ведёте не вы.")
    pupil = notice.pupil
    return MeetingSheet(
        school=query.school.official_name,
        name=pupil.full_name,
        whose=declined(Case.GENITIVE, pupil.last_name, pupil.first_name, pupil.middle_name),
        seat=seat_in_words(stays_of(pupil), localdate(notice.at)),
        begins=notice.begins,
        ends=notice.ends,
        made=localdate(notice.at),
        lines=tuple(lines_of(notice)),
    )


def file_name(sheet: MeetingSheet) -> str:
    """«График встреч с 24.11.2026»."""
    return f"График встреч с {sheet.begins:%d.%m.%Y}"


def to_pdf(sheet: MeetingSheet) -> bytes:
    """One sheet."""
    return render_pdf(render_to_string("consultations/meetings_print.html", {"sheet": sheet}))


RENDERERS = {"pdf": to_pdf}
