"""Papers of the work with parents."""
