"""Heading words of contingent and staff files, matched against `common.tabular.text.key`. Pure."""

import re
from functools import lru_cache

WHO = "(?:ученик|учащ|обучающ|ребенк|школьник|воспитанник)"
PARENT = "(?:родител|представител|мать|матер|мам|отец|отц|пап|опекун)"
NAME = "(?:фио|ф и о|фамилия имя(?: и)? отчество(?: при наличии)?|фамилия имя)"

PUPIL_FIELDS: tuple[tuple[str, str], ...] = (
    ("external_id", f"ид|id|guid|гуид|ид(?:ентификатор)? {WHO}\\w*|идентификатор|код {WHO}\\w*|id {WHO}\\w*"),
    ("external_id", "(?:номер |№ )?личн(?:ого|ое) дел[оа]|внешний код"),
    ("moved_on", "дата перевода(?: в класс)?|переведен(?: с)?|дата перехода(?: в класс)?"),
    ("birth_date", f"дата рождения(?: {WHO}\\w*)?|д р|др|дата рожд|родил\\w*"),
    ("sex", f"пол(?: {WHO}\\w*)?"),
    ("class_name", "класс(?: обучения)?|учебный класс|(?:название|наименование) класса|класс литер"),
    ("special_needs", "овз|(?:обучающийся |учащийся |ребенок |наличие |статус )?(?:с )?овз|ограниченные возможности.*"),
    ("special_needs", "(?:обучающийся )?с ограниченными возможностями.*"),
    ("non_native_russian", ".*(?:русский.*не ?родной|не ?родной.*русск|неродной|инофон|билингв).*"),
    ("last_name", f"фамилия(?: {WHO}\\w*)?"),
    ("first_name", f"имя(?: {WHO}\\w*)?"),
    ("middle_name", f"отчество(?: {WHO}\\w*)?(?: при наличии)?"),
    ("name", f"{NAME}(?: {WHO}\\w*)?|{WHO}\\w*|список (?:класса|учащихся|обучающихся)"),
)
STAFF_FIELDS: tuple[tuple[str, str], ...] = (
    ("positions", "должност[ьи](?: по штатному расписанию)?|занимаемая должность|позиция"),
    ("leads", "классн\\w+ рук\\w*|класс\\w* руководств\\w*|руководство классом|кл рук\\w*"),
    (
        "subjects",
        "(?:преподаваем\\w+ |учебн\\w+ |ведет )?(?:предмет|дисциплин)\\w*(?: дисциплин\\w*)?|что преподает|преподает",
    ),
    ("classes", "класс(?:ы)?(?: в которых (?:работает|преподает))?|учит классы|преподает в классах|нагрузка классы"),
    ("email", "e ?-?mail|емайл|эл(?:ектронная)? почта|почта|адрес электронной почты|еmail"),
    ("phone", "(?:мобильный |сотовый |контактный )?телефон|тел|моб тел|номер телефона"),
    ("last_name", "фамилия"),
    ("first_name", "имя"),
    ("middle_name", "отчество(?: при наличии)?"),
    ("name", f"{NAME}(?: (?:сотрудника|педагога|учителя|работника))?|сотрудник|педагог|учитель|работник"),
)
CONTACTS = (("phone", re.compile(r".*\b(?:тел|телефон|моб)\w*.*")), ("email", re.compile(r".*(?:mail|почт|емайл).*")))
RELATIONS = (
    ("mother", re.compile(r".*\b(?:мать|матер|мам)\w*.*")),
    ("father", re.compile(r".*\b(?:отец|отц|пап)\w*.*")),
    ("guardian", re.compile(r".*\bопекун\w*.*")),
)
OF_PARENT = re.compile(rf".*\b{PARENT}\w*.*")
OTHER_OF_PARENT = re.compile(
    r".*(?:работ|должн|адрес|паспорт|снилс|образован|рожден|кем приход|степень родств|пол\b).*"
)
NUMBERED = re.compile(r"\b([1-4])\b")
TOTALS = re.compile(r"(?:всего|итого|количество|кол во|директор|исполнитель|ответственн\w+|подпись|дата)\b")

Fields = tuple[tuple[str, re.Pattern[str]], ...]
PUPILS: Fields = tuple((name, re.compile(words)) for name, words in PUPIL_FIELDS)
STAFF: Fields = tuple((name, re.compile(words)) for name, words in STAFF_FIELDS)


@lru_cache(maxsize=10_000)
def field_of(words: str, fields: Fields) -> str | None:
    """The field that a heading (a `key`) names."""
    return next((name for name, pattern in fields if pattern.fullmatch(words)), None) if words else None


def relation_of(words: str) -> str:
    """Mother, father, guardian, or an empty string."""
    return next((name for name, pattern in RELATIONS if pattern.fullmatch(words)), "")


def contact_of(words: str) -> str:
    """Which part of a parent's data a heading names: phone, email, else the name."""
    return next((name for name, pattern in CONTACTS if pattern.fullmatch(words)), "name")
