"""What a file is, by its content: the extension is not asked."""

import re
import struct
import zipfile
from enum import Enum, auto
from pathlib import Path

from common.tabular.errors import SAVE_AGAIN, Problem

HEAD = 64 * 1024
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


class Kind(Enum):
    """Containers that can be read."""

    XLSX = auto()
    XLS = auto()
    ODS = auto()
    HTML = auto()
    TEXT = auto()
    ARCHIVE = auto()


FOREIGN = (
    (b"MZ", "это программа, а не таблица", "выберите файл выгрузки из электронного журнала"),
    (b"\x7fELF", "это программа, а не таблица", "выберите файл выгрузки из электронного журнала"),
    (b"%PDF", "это документ PDF", "выгрузите из журнала таблицу Excel"),
    (b"{\\rtf", "это текстовый документ", "выгрузите из журнала таблицу Excel"),
    (b"\x89PNG", "это картинка", "выгрузите из журнала таблицу Excel"),
    (b"\xff\xd8\xff", "это картинка", "выгрузите из журнала таблицу Excel"),
    (b"GIF8", "это картинка", "выгрузите из журнала таблицу Excel"),
    (b"Rar!", "это архив RAR", "упакуйте файлы в ZIP или загрузите их по одному"),
    (b"7z\xbc\xaf", "это архив 7-Zip", "упакуйте файлы в ZIP или загрузите их по одному"),
    (b"\x1f\x8b", "это архив GZIP", "упакуйте файлы в ZIP или загрузите их по одному"),
    (b"MIME-Version", "это веб-архив", SAVE_AGAIN),
)
OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
BIFF_BEGINNING = b"\x09\x08\x10\x00\x00\x06\x05\x00"
BIFF_RECORD = struct.Struct("<HH")
FILEPASS = 0x2F
FIRST_RECORDS = 20
PASSWORD = ("он защищён паролем", "снимите пароль и сохраните его заново как XLSX")
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(path: Path) -> Kind:
    """The container of a file. Raises `Problem` for what is no table."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Problem("он пуст", "выгрузите его из журнала ещё раз")
    _refuse_foreign(head)
    if head.startswith(b"PK\x05\x06"):
        raise Problem("архив пуст", "выгрузите его из журнала ещё раз")
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _kind_of_compound(path.read_bytes())
    return _kind_of_text(head)


def _refuse_foreign(head: bytes) -> None:
    for magic, cause, advice in FOREIGN:
        if head.startswith(magic):
            raise Problem(cause, advice)
    if head.startswith(OLD_EXCEL):
        raise Problem("это таблица очень старой программы Excel")


def _kind_of_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            declared = package.read("mimetype") if _small(package, names, "mimetype") else b""
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Problem("он повреждён или передан не полностью") from error
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return Kind.XLSX
    if declared.strip() == ODS_TYPE:
        return Kind.ODS
    if "xl/workbook.bin" in names:
        raise Problem("это двоичная книга XLSB")
    if declared or "[Content_Types].xml" in names:
        raise Problem("это документ, а не таблица", "выгрузите из журнала таблицу Excel")
    return Kind.ARCHIVE


def _small(package: zipfile.ZipFile, names: set[str], name: str) -> bool:
    return name in names and package.getinfo(name).file_size <= 200


def _kind_of_compound(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data or _has_password(data):
        raise Problem(*PASSWORD)
    if any(name.encode("utf-16-le") + b"\x00\x00" in data for name in ("Workbook", "Book")):
        return Kind.XLS
    raise Problem("это документ, а не таблица", "выгрузите из журнала таблицу Excel")


def _has_password(data: bytes) -> bool:
    """Whether the first records of a BIFF workbook say that the rest is encrypted."""
    place = data.find(BIFF_BEGINNING)
    for _ in range(FIRST_RECORDS):
        if not 0 <= place <= len(data) - BIFF_RECORD.size:
            return False
        record, length = BIFF_RECORD.unpack_from(data, place)
        if record == FILEPASS:
            return True
        place += BIFF_RECORD.size + length
    return False


def _kind_of_text(head: bytes) -> Kind:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Kind.TEXT
    if CONTROL.search(head):
        raise Problem("внутри двоичные данные, а не таблица", "выгрузите его из журнала ещё раз")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not text.startswith(b"<"):
        return Kind.TEXT
    by_office = b"urn:schemas-microsoft-com:office:spreadsheet" in text
    if by_office and (b"<workbook" in text or b"<table>" not in text[:2000]):
        raise Problem("это таблица Excel 2003 в XML")
    return Kind.HTML
