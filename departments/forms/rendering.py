"""How forms are rendered: as Django does it, but no label ends with a colon, wherever a field stands."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's templates, with ours for a field."""

    field_template_name = "forms/field.html"
