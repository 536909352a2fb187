"""Designs and their editions: what an organisation design is, and its dated states."""

import datetime
import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class DesignQuerySet(models.QuerySet["Design"]):
    """Questions about designs."""

    def reference(self) -> "DesignQuerySet":
        """The library: designs distilled from the sources."""
        return self.filter(origin=Design.Origin.REFERENCE)

    def own(self) -> "DesignQuerySet":
        """What a company made: adopted, or begun empty."""
        return self.filter(origin=Design.Origin.OWN)

    def readable(self) -> "DesignQuerySet":
        """Designs with an edition in force, which is what readers see."""
        return self.filter(editions__status=Edition.Status.IN_FORCE)


class Design(models.Model):
    """An organisation design: a reference from the library, or a company's own. Its tree lives in its editions."""

    class Origin(models.TextChoices):
        """Who the design belongs to."""

        REFERENCE = "reference", _("reference")
        OWN = "own", _("own")

    class Kind(models.TextChoices):
        """How much of an organisation the design describes."""

        COMPLETE = "complete", _("complete design")
        SINGLE_DEPARTMENT = "single_department", _("single department")
        STRUCTURAL_OPTION = "structural_option", _("structural option")
        SIZE_MODEL = "size_model", _("size model")
        LEGACY_VARIANT = "legacy_variant", _("legacy variant")
        FRAGMENT = "fragment", _("fragment")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=16, choices=Origin, default=Origin.REFERENCE)
    kind = models.CharField(max_length=24, choices=Kind, default=Kind.COMPLETE)
    variant_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="variants")
    adopted_from = models.ForeignKey(
        "Edition", null=True, blank=True, on_delete=models.SET_NULL, related_name="adoptions"
    )
    summary = models.TextField(blank=True)
    wording = models.TextField(blank=True, help_text="what the source says it suits")
    strengths = models.JSONField(default=list, blank=True)
    challenges = models.JSONField(default=list, blank=True)
    principles = models.JSONField(default=list, blank=True)
    principles_basis = models.CharField(max_length=10, default="stated")
    remarks = models.JSONField(default=list, blank=True)
    corrections = models.JSONField(default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)
    span_least = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the span of control aimed at")
    span_most = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = DesignQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the overview's address."""
        return reverse("design", args=[self.slug])


class Classification(models.Model):
    """One value of one facet of what a design suits; a facet without a row is 未说明."""

    class Facet(models.TextChoices):
        """The questions by which designs are found."""

        INDUSTRIES = "industries", _("industry")
        SIZES = "sizes", _("size")
        STAGES = "stages", _("stage")
        STRUCTURE = "structure", _("structure")
        PRODUCT_LINES = "product_lines", _("product lines")
        REGIONS = "regions", _("regions")
        DIGITAL_MATURITY = "digital_maturity", _("digital maturity")
        PARTNER_RELIANCE = "partner_reliance", _("reliance on partners")

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="classifications")
    facet = models.CharField(max_length=24, choices=Facet)
    value = models.CharField(max_length=40)
    inferred = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("design", "facet", "order")
        constraints = (models.UniqueConstraint(fields=("design", "facet", "value"), name="one_row_a_classification"),)
        indexes = (models.Index(fields=("facet", "value")),)

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class EditionQuerySet(models.QuerySet["Edition"]):
    """Questions about editions."""

    def in_force(self) -> "EditionQuerySet":
        """The editions readers see: at most one a design."""
        return self.filter(status=Edition.Status.IN_FORCE)

    def with_organisation(self) -> "EditionQuerySet":
        """Each with its design, and with our organisation where that is its own: `is_ours` costs nothing then."""
        return self.select_related("design__organisation").defer("design__organisation__logo")

    def of_organisation(self) -> "Edition | None":
        """The edition in force of our organisation, with both (not the logo); None before one was named. 1 query."""
        return self.in_force().filter(design__organisation__isnull=False).with_organisation().first()

    def in_force_on(self, day: datetime.date) -> "EditionQuerySet":
        """The editions that had come in force by that day, the one in force then first."""
        published = self.filter(status__in=Edition.PUBLISHED, effective_on__lte=day)
        return published.order_by("-effective_on", "-number")

    def due(self, day: datetime.date) -> "EditionQuerySet":
        """Approved editions whose date has come: they are to be put in force."""
        return self.filter(status=Edition.Status.APPROVED, effective_on__lte=day, design__origin=Design.Origin.OWN)

    def open(self) -> "EditionQuerySet":
        """Editions on their way to being in force: at most one a design."""
        return self.filter(status__in=Edition.OPEN)


class Edition(models.Model):
    """One dated state of a design. Its primary key is the `tree_id` of its nodes; only a draft is ever written.

    `effective_on`: since when it is or was in force; of an approved edition, the day on which it comes in force.
    """

    class Status(models.TextChoices):
        """The way of an edition, in order."""

        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        IN_FORCE = "in_force", _("in force")
        SUPERSEDED = "superseded", _("superseded")

    OPEN = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED)
    PUBLISHED = (Status.IN_FORCE, Status.SUPERSEDED)

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=Status, default=Status.DRAFT)
    effective_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("design", "number")
        constraints = (
            models.UniqueConstraint(fields=("design", "number"), name="one_edition_a_number"),
            models.UniqueConstraint(
                fields=("design",), condition=Q(status__in=("draft", "in_review", "approved")), name="one_open_edition"
            ),
            models.UniqueConstraint(fields=("design",), condition=Q(status="in_force"), name="one_edition_in_force"),
            models.CheckConstraint(
                condition=~Q(status__in=("in_force", "superseded")) | Q(effective_on__isnull=False),
                name="published_editions_are_dated",
            ),
        )

    def __str__(self) -> str:
        return f"{self.design_id} no. {self.number} ({self.status})"

    @cached_property
    def until(self) -> datetime.date | None:
        """The last day on which it was in force; None unless another took its place. 1 query for a superseded one."""
        if self.status != Edition.Status.SUPERSEDED or self.effective_on is None:
            return None
        later = Edition.objects.filter(design=self.design_id, number__gt=self.number, status__in=Edition.PUBLISHED)
        first = later.aggregate(first=models.Min("effective_on"))["first"]
        return max(self.effective_on, first - datetime.timedelta(days=1)) if first else None

    @property
    def is_ours(self) -> bool:
        """Whether it is that of our organisation. No query for what `with_organisation` read, else 1–2."""
        return hasattr(self.design, "organisation")
