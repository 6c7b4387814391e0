"""What the pages about parents read; every read of a pupil's data begins with `visible_to`."""
