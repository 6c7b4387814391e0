"""Documents of this floor: one `build`, whose value page, PDF, XLSX and JSON show."""
