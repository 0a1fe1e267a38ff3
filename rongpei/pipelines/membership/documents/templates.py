"""Which template of a form is in use: the office's own Word file, or the platform's."""

from rongpei.ground.files import vault
from rongpei.pipelines.membership.documents.parts import WordForm
from rongpei.pipelines.membership.documents.standard import standard_template
from rongpei.pipelines.membership.models import FormTemplate

Own = dict[str, FormTemplate]


def own_templates(tenant_id: int) -> Own:
    """The office's own templates, by form; one query."""
    rows = FormTemplate.objects.filter(tenant_id=tenant_id).order_by("form", "-id").distinct("form")
    return {row.form: row for row in rows.select_related("file") if row.file_id}


def fields_of(form: WordForm, own: Own) -> tuple[str, ...]:
    """The placeholders of the template in use."""
    found = own.get(form.code)
    return tuple(found.fields) if found else form.fields


def template_of(form: WordForm, own: Own) -> bytes:
    """The template in use; the platform's own when the office's file is gone."""
    found = own.get(form.code)
    file = found.file if found else None
    place = vault.find(file.storage_name) if file and file.deleted_at is None else None
    return place.read_bytes() if place else standard_template(form.code)
