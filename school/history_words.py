"""What history calls tables and columns, where the models have no Russian word of their own."""

from typing import Any

from django.db.models import Field, Model

_things: dict[str, str] = {}
# Columns that most tables have; the others are named by their model.
_COLUMNS = {
    "school": "школа",
    "year": "учебный год",
    "period": "учебный период",
    "pupil": "обучающийся",
    "guardian": "законный представитель",
    "staff": "сотрудник",
    "person": "сотрудник",
    "school_class": "класс",
    "subgroup": "подгруппа",
    "subject": "предмет",
    "batch": "загрузка",
    "municipality": "муниципалитет",
    "procedure": "внешняя работа",
    "entry": "запись реестра",
    "debt": "академическая задолженность",
    "signal": "сигнал",
    "by": "кто",
    "changed_by": "кто изменил",
    "created_by": "кто создал",
    "made_by": "кто составил",
    "approved_by": "кто утвердил",
    "withdrawn_by": "кто отозвал",
    "at": "когда",
    "kind": "вид",
    "date": "день",
    "fact_id": "номер записи",
    "before": "было",
    "scan": "документ",
    "replaces": "вместо записи",
    "tasks": "задания",
    "maxima": "баллы за задания, не больше",
    "repeats": "повторяет работу",
    "points": "баллы по заданиям",
    "homeworkcomplaint": "жалоба на задания",
    "complaint": "жалоба на задания",
    "checked_by": "кто проверил",
    "answered_by": "кто ответил",
    "interview": "собеседование",
    "deed": "краткая запись",
    "pair": "наставническая пара",
    "partner": "партнёр сети",
    "route": "маршрут",
    "part": "часть маршрута",
    "gap": "дефицит",
    "review": "пересмотр маршрута",
    "copied_from": "из какого маршрута",
    "closed_by": "каким контролем закрыт",
    "template": "шаблон",
    "group": "группа",
    "session": "занятие",
    "control": "повторный контроль",
    "talk": "беседа",
    "run": "рейс",
    "version": "версия",
    "referral": "направление",
    "recommendation": "рекомендация",
    "booked_by": "кто записал",
    "appointment": "встреча",
    "seen_by": "кто принял к сведению",
    "notice": "уведомление",
    "council": "совет",
    "petition": "ходатайство",
    "sitting": "заседание",
    "consent": "согласие",
    "question": "вопрос повестки",
    "conclusion": "заключение",
    "case": "обращение",
    "note": "заметка",
    "author": "автор",
    "opening": "вскрытие заметок",
    "supportplan": "план сопровождения",
    "plan": "план сопровождения",
    "goal": "цель",
    "conversation": "беседа с родителем",
    "noted_by": "кто принял к сведению",
    "meeting": "встреча",
    "file": "файл",
    "teacher": "учитель",
    "event": "мероприятие для родителей",
    "questionnaire": "анкета",
    "campaign": "опрос",
    "shipped": "готовая анкета, из которой взята",
    "community": "сообщество педагогов",
    "practice": "практика",
    "roadmap": "дорожная карта",
    "activity": "мероприятие",
    "occurrence": "срок мероприятия",
    "act": "локальный акт",
    "agreement": "договор",
    "removed_by": "кем снято",
    "decision": "решение",
    "program": "программа",
    "direction": "направление",
    "origin": "строка готового перечня",
    "key": "за какие дни",
}


def name_things(words: dict[str, str]) -> None:
    """Say what the rows of tables are called: {"gradebook.Mark": "отметка"}. An app does so when it is ready."""
    _things.update(words)


def thing_name(model: type[Model]) -> str:
    """«отметка»; the model's own word when nobody said otherwise."""
    return _things.get(model._meta.label) or str(model._meta.verbose_name)


def column_name(field: "Field[Any, Any]") -> str:
    """«причина»; the field's own word when it has one."""
    own = str(field.verbose_name)
    return own if not own.isascii() else _COLUMNS.get(field.name, own)


name_things(
    {
        "school.School": "школа",
        "school.SchoolSettings": "пороги школы",
        "school.AcademicYear": "учебный год",
        "school.Period": "учебный период",
        "school.Holiday": "каникулы",
        "school.SchoolClass": "класс",
        "school.Subgroup": "подгруппа",
        "school.Subgroup_pupils": "состав подгруппы",
        "school.MarksStart": "начало отметок",
        "school.SubjectAlias": "другое название предмета",
        "school.TeachingAssignment": "кто ведёт предмет",
        "school.Pupil": "обучающийся",
        "school.Enrolment": "место в классе",
        "school.SocialRecord": "закрытые сведения",
        "school.SocialFact": "закрытые сведения",
        "school.Consent": "согласие",
        "school.Guardian": "законный представитель",
        "school.Guardianship": "законный представитель",
        "school.Responsibility": "кто отвечает за ученика",
        "school.StaffPosition": "должность",
        "school.YearPlan": "план перехода на новый год",
        "school.ClassPlan": "куда переходит класс",
        "school.PupilPlan": "решение о переводе",
        "school.YearChange": "переход на новый год",
        "school.Bell": "звонок",
        "school.LessonSlot": "урок расписания",
        "school.BusRun": "рейс школьного автобуса",
        "school.BusRider": "пассажир школьного автобуса",
    }
)
