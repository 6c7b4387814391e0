"""What the demo's teachers have written about their growth: every state of a record, visits, a value of a person."""

import struct
import zlib
from datetime import date
from typing import Any

from demo.decisions import on_day
from demo.journals import user_named
from school.models import School, SchoolClass, Staff, Subject, User
from school.selectors import current_year
from teaching.models import LessonVisit, Practice, Training
from teaching.rules.evidence import Code
from teaching.selectors.indicators import staff_shares
from teaching.services.communities import CommunityDraft, community_add, meeting_add
from teaching.services.practices import PracticeDraft, practice_add, practice_apply, practice_file_add
from teaching.services.records import record_confirm, record_return
from teaching.services.trainings import TrainingDraft, training_add
from teaching.services.visits import Seen, gap_close, gap_keep, value_set, visit_read, visit_record
from teaching.words import (
    CommunityKind,
    GapArea,
    GapFound,
    MeetingStep,
    Objectivity,
    Technology,
    Topic,
    TrainingKind,
    WeakWork,
)

_EARLY, _LATER, _NOW = date(2026, 10, 23), date(2026, 11, 13), date(2026, 11, 20)
_BEGAN = date(2026, 10, 5)


def grow(school: School) -> None:
    """Trainings, a team, practices, visits and gaps of the cast; the value of one indicator."""
    with on_day(school, _EARLY):
        _train()
        _gather()
    with on_day(school, _LATER):
        _share()
        _visit(school)
        _lack()
    with on_day(school, _NOW):
        _wait()
        _set(school)


def _staff(user: User) -> Staff:
    assert user.staff is not None
    return user.staff


def _training(login: str, title: str, ends: date | None, **told: Any) -> Training:
    by = user_named(login)
    known: dict[str, Any] = {"kind": TrainingKind.FORMAL, "starts": date(2026, 9, 21), "topics": [Topic.WEAK]}
    return training_add(by=by, staff=_staff(by), draft=TrainingDraft(title=title, ends=ends, **(known | told)))


def _train() -> None:
    """Confirmed, of the head too; one came back for its paper."""
    ended = date(2026, 10, 16)
    place, paper = "Институт развития образования", "У-1184"
    known = {"hours": 72, "place": place, "paper_number": paper}
    first = _training("predmet", "Математика для тех, кто отстаёт: разноуровневые задания", ended, **known)
    own = _training("shmo", "Смысловое чтение на всех предметах", ended, hours=36, place=place)
    record_confirm(by=user_named("shmo"), row=first, version=first.version)
    record_confirm(by=user_named("zavuch"), row=own, version=own.version)
    back = _training("nastavnik", "Наставничество в школе", ended, hours=18, topics=[Topic.OTHER])
    record_return(by=user_named("shmo"), row=back, version=back.version, word="укажите номер удостоверения")


def _gather() -> None:
    leader = user_named("shmo")
    draft = CommunityDraft(
        CommunityKind.LESSON_STUDY,
        "Урок вместе: задачи с текстом",
        _BEGAN,
        cycle="Почему условие читают, а вопроса задачи не замечают",
        members=[_staff(user_named(login)) for login in ("predmet", "klass", "nastavnik")],
    )
    team = community_add(by=leader, staff=_staff(leader), draft=draft)
    record_confirm(by=user_named("zavuch"), row=team, version=team.version)
    for day, step, text in (
        (7, MeetingStep.PLAN, "выбрали тему и трёх учеников, за которыми смотрим"),
        (14, MeetingStep.LESSON, "7А, проценты"),
        (16, MeetingStep.TALK, "помогает пересказ условия своими словами"),
    ):
        meeting_add(by=leader, community=team, on=date(2026, 10, day), step=step, text=text)


def _practice(login: str, title: str, about: str, tags: list[str], **told: Any) -> Practice:
    by = user_named(login)
    draft = PracticeDraft(title, about, topics=[Topic.WEAK], tags=tags, **told)
    return practice_add(by=by, staff=_staff(by), draft=draft)


def _share() -> None:
    """Two practices in the bank; the first has a file and was applied."""
    author = user_named("predmet")
    cards = _practice(
        "predmet",
        "Карточки с подсказками трёх уровней",
        "К каждой задаче лежат три карточки: вопрос, шаг, образец. Ученик сам решает, какую взять, и отмечает это в "
        "листе.\n\nЧерез месяц большинство берёт только первую.",
        ["подсказки", "разные уровни", "математика"],
    )
    practice_file_add(by=author, practice=cards, title="Образец карточки", content=_card())
    sheet = _practice(
        "klass",
        "Опорный лист к параграфу",
        "Одна страница: даты, имена, три вопроса. С листом можно отвечать у доски.",
        ["опорный лист", "история"],
    )
    for row in (cards, sheet):
        row.refresh_from_db()
        record_confirm(by=user_named("shmo"), row=row, version=row.version)
    for login in ("klass", "shmo"):
        practice_apply(by=user_named(login), practice=cards, staff=_staff(user_named(login)))


def _visit(school: School) -> None:
    """Read with a word, and not read yet."""
    first = _seen(
        school,
        ("zavuch", "predmet", "Алгебра"),
        (Technology.LEVELS, Technology.PERSONAL, Technology.CRITERIA),
        WeakWork.SEEN,
        "Спокойный темп, у каждого своя задача.",
    )
    visit_read(by=user_named("predmet"), visit=first, reply="Спасибо! Карточки лежат в банке практик.")
    _seen(school, ("shmo", "klass", "История"), (Technology.EMD, Technology.GROUPS, Technology.RESH), WeakWork.PART, "")
    _seen(school, ("shmo", "nastavnik", "Физика"), (Technology.PROJECT, Technology.FEEDBACK), WeakWork.NO, "")


def _seen(
    school: School, who: tuple[str, str, str], what: tuple[Technology, ...], weak: WeakWork, text: str
) -> LessonVisit:
    visitor, teacher, subject = who
    seen = Seen(
        on=date(2026, 11, 12),
        subject=Subject.objects.filter(school=school, name=subject).first(),
        school_class=SchoolClass.objects.filter(school=school, grade=7).order_by("letter").first(),
        technologies=what,
        objectivity=Objectivity.YES,
        weak=weak,
        text=text,
    )
    by = user_named(visitor)
    return visit_record(by=by, staff=_staff(user_named(teacher)), visitor=_staff(by), seen=seen)


def _lack() -> None:
    """One gap is closed, another is open."""
    for login, area, text, closed in (
        ("predmet", GapArea.DIGITAL, "проверочные работы на цифровых платформах", True),
        ("klass", GapArea.ASSESSMENT, "критерии к развёрнутому ответу", False),
    ):
        by = user_named(login)
        gap = gap_keep(by=by, staff=_staff(by), area=area, text=text, found=GapFound.SELF, found_on=_BEGAN)
        if closed:
            gap_close(by=by, gap=gap, on=_LATER, how="семинар ШМО")


def _wait() -> None:
    """Two records wait for the head of the union and the deputy."""
    _training("klass", "Дети с задержкой развития в обычном классе", date(2026, 11, 18), topics=[Topic.NEEDS], hours=16)
    _practice(
        "nastavnik",
        "Задача недели без отметки",
        "В понедельник на доске задача, ответ опускают в коробку. Отметок нет, разбор в пятницу.",
        ["мотивация"],
    )


def _set(school: School) -> None:
    year = current_year(school)
    if year is None:
        return
    share = staff_shares(school, school.today(), year)[Code.P08]
    value_set(
        by=user_named("shmo"),
        year=year,
        code=Code.P08,
        number=min(share.number + 2, share.of),
        of=share.of,
        seen=share.number,
        text="посещения и материалы уроков, показанные на ШМО",
    )


def _card(width: int = 480, height: int = 300, line: int = 60) -> bytes:
    """A sheet of ruled paper as PNG: a border and lines to write on."""
    rows = []
    for y in range(height):
        dark = y < 3 or y >= height - 3 or y % line == 0
        rows.append(b"\0" + (bytes([90]) * width if dark else bytes([90] * 3 + [255] * (width - 6) + [90] * 3)))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"".join(rows))))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in (*parts, (b"IEND", b"")))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
