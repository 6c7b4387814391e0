"""Papers of the service: one `build`, whose value page, PDF, XLSX and JSON show."""
