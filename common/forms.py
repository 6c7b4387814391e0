"""How forms are laid out: django-crispy-forms with a template pack of our own, `templates/opora/`.

A long form names its groups and rows beside its fields: `helper = laid_out(Fieldset("Где", Row("locality", "zone")))`.
"""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django.forms import CheckboxSelectMultiple


class LongChoices(CheckboxSelectMultiple):
    """Boxes whose words are long: a line each, where short ones stand in columns."""


def laid_out(*parts: str | LayoutObject) -> FormHelper:
    """The given fields, rows and groups in this order, then every field that no part names.

    The `<form>`, its token and its buttons stay with the page.
    """
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    helper.render_unmentioned_fields = True
    helper.layout = Layout(*parts)
    return helper
