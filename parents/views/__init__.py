"""Pages about the work with parents."""
