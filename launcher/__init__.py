"""Behind `./opora`: installs, starts and stops everything, with nothing but Python's standard library."""
