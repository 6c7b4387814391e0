"""The door: how people log in. Sign-up is closed, nobody needs an e-mail address."""

from typing import Any, ClassVar

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django import forms as django_forms
from django.http import HttpRequest

from school.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Finds the person of a session together with what nearly every page asks of them."""

    def get_user(self, user_id: int) -> User | None:
        """The active login, with school and person, in one query; None for one that is switched off."""
        user = User.objects.select_related("school", "staff", "municipality").filter(pk=user_id).first()
        return user if user is not None and user.is_active else None


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The school's rules in place of allauth's."""

    error_messages: ClassVar[dict[str, str]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Логин или пароль не подходят. Проверьте раскладку и Caps Lock.",
        "too_many_login_attempts": "Слишком много попыток. Подождите пять минут и попробуйте снова.",
        "enter_current_password": "Это не нынешний пароль.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: logins are issued by the school."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Save a password that the person chose: a one-time one is over with it."""
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the start page: the next thing is work."""
        return str(self.get_login_redirect_url(request))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count tries by login alone: neither another Host nor another spelling of the name begins a new count."""
        name = str(credentials.get("username", ""))
        known = User.objects.filter(username__iexact=name).values_list("pk", flat=True).first()
        return f"login:{known}" if known is not None else f"name:{name.casefold()}"


def _plain(field: django_forms.Field, label: str) -> None:
    """School words on the label; no placeholder, which would repeat it."""
    field.label = label
    field.widget.attrs.pop("placeholder", None)


class LoginForm(forms.LoginForm):  # type: ignore[misc]
    """Login and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], "Логин")
        _plain(self.fields["password"], "Пароль")
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "spellcheck": "false"}


class ChangePasswordForm(forms.ChangePasswordForm):  # type: ignore[misc]
    """The present password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], "Нынешний пароль")
        _plain(self.fields["password1"], "Новый пароль")
        _plain(self.fields["password2"], "Новый пароль ещё раз")
        self.fields["password1"].help_text = "Не короче 10 знаков, не из одних цифр, не похож на логин и не из частых."
