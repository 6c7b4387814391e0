"""Documents of the desk: what is put together from all floors."""
