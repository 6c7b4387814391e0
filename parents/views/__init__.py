"""Pages about parents, and pages for parents."""
