"""What happens when somebody logs in: the session knows when it began."""

from django.contrib.auth.signals import user_logged_in

from school.sessions import session_begin

user_logged_in.connect(session_begin, dispatch_uid="session begins")
