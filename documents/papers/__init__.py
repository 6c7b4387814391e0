"""Papers made of parts: one value that the page, PDF, XLSX, DOCX and JSON show."""
