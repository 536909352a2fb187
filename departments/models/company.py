"""What a company says of itself: which own design is its organisation, its name and sign, who holds its positions."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from departments.models.designs import Design, Edition
from departments.models.numbering import check_pattern, numbered

PATTERN = "{company}-{design}-{edition:02}"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions about the one organisation."""

    def current(self) -> "Organisation | None":
        """Return the organisation with its design, without the drawing of its logo; None before one was named. 1 query."""
        return self.select_related("design").defer("logo").first()


class Organisation(models.Model):
    """Our organisation: at most one row. Its design is what the home page, search and "who does what" open on."""

    class Seen(models.TextChoices):
        """Who sees the holders of positions."""

        NOBODY = "nobody", _("nobody but those who name them")
        SIGNED_IN = "signed_in", _("everybody who is signed in")
        EVERYBODY = "everybody", _("everybody who may read")

    class Logo(models.TextChoices):
        """The forms a logo is kept in, by their media types."""

        PNG = "image/png", "PNG"
        SVG = "image/svg+xml", "SVG"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    design = models.OneToOneField(
        Design,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="organisation",
        verbose_name=_("Organisation in force"),
    )
    name = models.CharField(_("Company name"), max_length=120)
    name_en = models.CharField(_("English name (optional)"), max_length=200, blank=True)
    code = models.CharField(
        _("Company code"),
        max_length=16,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9-]*$", _("Letters a–z, digits and hyphens only."))],
    )
    document_pattern = models.CharField(
        _("Pattern of document numbers"), max_length=80, blank=True, default=PATTERN, validators=[check_pattern]
    )
    logo = models.BinaryField(null=True, editable=False)
    logo_type = models.CharField(max_length=16, blank=True, choices=Logo, editable=False)
    holders_seen_by = models.CharField(
        _("Who sees the holders of positions"), max_length=12, choices=Seen, default=Seen.NOBODY
    )
    holders_carried = models.BooleanField(_("Paper, exports and the API carry the holders"), default=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(id=1), name="one_organisation"),
            models.CheckConstraint(
                condition=Q(logo_type="", logo__isnull=True)
                | Q(logo_type__in=("image/png", "image/svg+xml"), logo__isnull=False),
                name="a_logo_has_a_type",
            ),
            models.CheckConstraint(
                condition=Q(holders_carried=False) | ~Q(holders_seen_by="nobody"),
                name="what_nobody_sees_is_not_carried",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def document_number(self, edition: Edition) -> str:
        """Return the number that papers of an edition bear: of own designs, where there is a pattern. No query."""
        if not self.document_pattern or edition.design.origin != Design.Origin.OWN:
            return ""
        return numbered(
            self.document_pattern,
            {
                "company": self.code or None,
                "design": edition.design.slug.upper(),
                "edition": edition.number,
                "year": edition.effective_on.year if edition.effective_on else edition.created_at.year,
            },
        )


class Holder(models.Model):
    """Somebody who holds a position of an own design, in whatever edition: named as text, linked to an account or not."""

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="holders")
    uid = models.UUIDField(help_text="the position's")
    name = models.CharField(max_length=80)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="holdings"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("design", "uid", "order")
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="holders_have_names"),
            models.UniqueConstraint(fields=("design", "uid", "order"), name="one_holder_a_place"),
            models.UniqueConstraint(
                fields=("design", "uid", "account"), condition=Q(account__isnull=False), name="nobody_holds_it_twice"
            ),
        )

    def __str__(self) -> str:
        return self.name


class HolderChange(models.Model):
    """Who named which holders when: beside the editions, for holders change without one."""

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="holder_changes")
    uid = models.UUIDField(help_text="the position's")
    about = models.CharField(max_length=120, help_text="what the position was called")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("design", "uid")),)

    def __str__(self) -> str:
        return f"{self.about}: {'、'.join(self.before)} → {'、'.join(self.after)}"
