"""Why a file that a command was given cannot be opened or written, in words for a person."""

import errno
from pathlib import Path

REASONS = {
    errno.ENOENT: "такой папки или файла нет",
    errno.ENOTDIR: "такой папки нет",
    errno.EISDIR: "это папка, а не файл",
    errno.EACCES: "нет прав на него",
    errno.EPERM: "нет прав на него",
    errno.ENOSPC: "на диске нет места",
    errno.EROFS: "диск открыт только для чтения",
    errno.ENAMETOOLONG: "слишком длинное имя",
}


def reason_of(error: OSError) -> str:
    """The reason in Russian; «ошибка 5» for a rare one."""
    return REASONS.get(error.errno or 0, f"ошибка {error.errno}")


def unreadable(path: Path) -> str:
    """Why the file cannot be read; empty when it can."""
    try:
        if not path.exists():
            return f"Файла «{path.name}» нет."
        if not path.is_file():
            return f"«{path.name}» — не файл."
        with path.open("rb"):
            return ""
    except OSError as error:
        return f"Файл «{path.name}» не открывается: {reason_of(error)}."
