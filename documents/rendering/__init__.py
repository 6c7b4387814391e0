"""Documents as files: PDF, XLSX, and the charts in them."""
