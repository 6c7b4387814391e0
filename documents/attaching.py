"""What may be attached to a record: decided by the content, never by the file's name."""

from dataclasses import dataclass

from common.errors import Refused

MOST_BYTES = 10 * 1024 * 1024
ACCEPTED = ".pdf,.jpg,.jpeg,.png"
IN_WORDS = "PDF, JPEG или PNG, до 10 МБ"
_TAIL = 2048


@dataclass(frozen=True)
class FileType:
    """A type of file as browsers and people name it."""

    content_type: str
    extension: str


PDF = FileType("application/pdf", "pdf")
JPEG = FileType("image/jpeg", "jpg")
PNG = FileType("image/png", "png")
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PHONE_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif")


def type_of(content: bytes) -> FileType:
    """What the bytes are. Raises `Refused` for anything that is not a whole PDF, JPEG or PNG, or is too large."""
    if not content:
        raise Refused("Файл пуст: выберите его заново.")
    if len(content) > MOST_BYTES:
        raise Refused("Файл больше 10 МБ: сфотографируйте документ с меньшим разрешением.")
    found = _recognised(content)
    if found is None:
        raise Refused(_mistake(content))
    return found


def _recognised(content: bytes) -> FileType | None:
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-_TAIL:]:
        return PDF
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-_TAIL:]:
        return JPEG
    if content.startswith(_PNG_SIGNATURE) and content[12:16] == b"IHDR" and b"IEND" in content[-_TAIL:]:
        return PNG
    return None


def _mistake(content: bytes) -> str:
    if content[4:8] == b"ftyp" and content[8:12] in _PHONE_BRANDS:
        return "Телефон сохранил снимок в своём формате (HEIC). Выберите в настройках камеры «Наиболее совместимые»."
    return "Приложить можно целый файл PDF, JPEG или PNG, а это что-то другое: сохраните документ заново."
