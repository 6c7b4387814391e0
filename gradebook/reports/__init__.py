"""Documents of this floor: one `build`, whose value page, PDF and XLSX show."""
