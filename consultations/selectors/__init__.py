"""What the pages of the service read; every read of a pupil's data begins with `visible_to`."""
