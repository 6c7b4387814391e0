"""The formats in which documents leave."""

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "zip": "application/zip",
}
TITLES = {"pdf": "PDF", "xlsx": "Excel", "docx": "Word", "json": "JSON"}
