"""How every form is drawn, and how a room's refusal becomes words beside the field."""

from django import forms
from django.forms.renderers import TemplatesSetting

from waystation.kernel.errors import Invalid


class WaystationRenderer(TemplatesSetting):
    """Error summary on top, label above, hint, error, control (GOV.UK's habits, our own templates)."""

    form_template_name = "components/form_fields.html"
    field_template_name = "components/field.html"
    formset_template_name = "components/formset.html"


def status_of(*shown: forms.BaseForm) -> int:
    """With what a page of forms is answered: 422 while one that was sent needs mending, else 200."""
    return 422 if any(form.is_bound and form.errors for form in shown) else 200


def mend(form: forms.BaseForm, problem: Invalid) -> None:
    """Put what an action refused beside the fields it belongs to; what belongs to none stands on top."""
    for name, says in problem.fields.items():
        form.add_error(name if name in form.fields else None, str(says))
    if not problem.fields:
        form.add_error(None, str(problem))
