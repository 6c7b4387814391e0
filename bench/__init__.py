"""Benchmarks: ratios within one run, on data that they make themselves. `./opora bench` prints them as a table."""
