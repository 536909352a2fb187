"""What is asked of who brings texts in: the files or the text, and where what was recognised is to stand."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from departments.documents.checks import CODE
from departments.formats.recognition.lines import CHARACTERS
from departments.forms.adopting import TAKEN
from departments.models import Design, Edition, Kind, Node, Role
from departments.models.people import Granted

FILES, BYTES = 300, 60 * 1024**2
NEW = "new"
WIDE = "　"


class ManyFiles(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; empty where none was chosen."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ARG002  # Django's signature
        """Return the files. Raises ValidationError for too many, or too much."""
        files: list[UploadedFile[Any]] = [one for one in data or [] if one]
        if len(files) > FILES or sum(one.size or 0 for one in files) > BYTES:
            most = {"files": FILES, "size": BYTES // 1024**2}
            raise forms.ValidationError(_("At most %(files)d files and %(size)d MB are read at once.") % most)
        return files


class TextsForm(forms.Form):
    """Word files, texts, or what was pasted."""

    documents = FilesField(label=_("Word files (.docx) or texts"), required=False)
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        max_length=CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("documents") and not given.get("text", "").strip():
            raise forms.ValidationError(_("Choose files or paste a text."))
        return given


class PlaceForm(forms.Form):
    """Under which department of which draft, or in a new design of one's own; in one's own branches, where rights end there."""

    into = forms.ChoiceField(label=_("Save into"))
    name = forms.CharField(label=_("Name of the new design"), max_length=120, required=False)
    slug = forms.RegexField(
        r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
        label=_("Its address"),
        max_length=80,
        required=False,
        help_text=_("Letters a–z, digits and hyphens. It stays, also when the name changes."),
        error_messages={"invalid": _("Letters a–z, digits and hyphens only.")},
    )
    code = forms.CharField(
        label=_("Own codes begin with (optional)"),
        max_length=16,
        required=False,
        help_text=_("For instance GX: positions become GX-01, GX-02. Without it they have no codes."),
    )

    def __init__(self, *args: Any, within: Granted | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        anew = [(NEW, _("a new design"))] if within is None else []
        self.fields["into"].choices = [*anew, *_departments(within)]  # type: ignore[attr-defined]
        if within is not None:
            for name in ("name", "slug", "code"):  # of a new design
                self.fields[name].widget = forms.HiddenInput()

    def clean_code(self) -> str:
        """Refuse what no code can be."""
        code: str = self.cleaned_data["code"].strip()
        if code and not CODE.match(code):
            raise forms.ValidationError(_("A code has letters, digits and hyphens only, such as MKT-01."))
        return code

    def clean(self) -> dict[str, Any]:
        """Ask for name and address of a new design, and take them."""
        given = super().clean() or self.cleaned_data
        if given.get("into") == NEW:
            slug = given["slug"] = given.get("slug", "").lower()
            for name in ("name", "slug"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("A new design needs this."))
            if slug and Design.objects.filter(slug=slug).exists():
                self.add_error("slug", TAKEN)
        return given


def _departments(within: Granted | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the departments of all own drafts, or of the branches granted, by design, to choose from. 1 query."""
    drafts = Node.tree.filter(
        kind=Kind.DEPARTMENT,
        edition__status=Edition.Status.DRAFT,
        edition__design__origin=Design.Origin.OWN,
    )
    if within is not None:
        drafts = drafts.filter(edition__design__in={design for design, _department, _role in within})
    tops = within and {(design, department) for design, department, role in within if role == Role.EDITOR}
    found: dict[str, list[tuple[str, str]]] = {}
    columns = ("edition__design__name", "edition__design", "edition_id", "uid", "level", "lft", "rght", "title")
    inside = (0, 0)  # the tree, and where the branch that was entered ends
    for name, design, edition, uid, level, lft, rght, title in drafts.order_by(
        "edition__design__name", "tree_id", "lft"
    ).values_list(*columns):
        if tops is not None and (design, uid) in tops and not (inside[0] == edition and lft < inside[1]):
            inside = (edition, rght)
        if tops is None or (inside[0] == edition and lft < inside[1]):
            found.setdefault(name, []).append((f"{edition}:{uid.hex}", f"{WIDE * level}{title}"))
    return list(found.items())
