"""Imports of pupils and staff: preview, write, undo."""

from school.services.imports.batches import (
    batch_apply,
    batch_discard,
    batch_preview,
    batch_refresh,
    counts_of,
    file_import,
)
from school.services.imports.undo import UndoRefused, undo

__all__ = [
    "UndoRefused",
    "batch_apply",
    "batch_discard",
    "batch_preview",
    "batch_refresh",
    "counts_of",
    "file_import",
    "undo",
]
