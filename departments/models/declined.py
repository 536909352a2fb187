"""What a reference changed and the company does not want: a decision against what the reference says there now."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from departments.models.designs import Design


class Declined(models.Model):
    """One difference to the reference that is not taken over. It holds until the reference says something else there."""

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="declined")
    key = models.CharField(max_length=160, help_text="what differs, and how")
    against = models.CharField(max_length=64, help_text="a digest of what the reference says there")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("design", "key"), name="declined_once"),)

    def __str__(self) -> str:
        return self.key
