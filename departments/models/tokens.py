"""By what a program signs in to the API as an account."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SIGN = "od_"  # how a secret begins, so that it is known for one where it turns up
USE_NOTED_EVERY = datetime.timedelta(minutes=1)


class TokenQuerySet(models.QuerySet["Token"]):
    """Questions about tokens."""

    def of_secret(self, secret: str) -> "Token | None":
        """Return the token of a secret, with its account, where that is active. 1 query, none for what is no secret."""
        if not secret.startswith(SIGN):
            return None
        return self.select_related("user").filter(digest=digest(secret), user__is_active=True).first()


class Token(models.Model):
    """A key to the API that an account made: what the account may, the program may, or of that only reading.

    The secret is shown once and kept as a digest: it is random and long, so that a plain SHA-256 hides it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("What it is for"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    begins = models.CharField(max_length=12, editable=False, help_text="how the secret begins: what it is known by")
    may_write = models.BooleanField(_("It may also write drafts"), default=False)
    created_at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(null=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="tokens_have_names"),)

    def __str__(self) -> str:
        return f"{self.begins}… {self.name}"

    def set_secret(self) -> str:
        """Take a new secret and return it: nobody will be able to say it again. The row is not saved."""
        secret = SIGN + secrets.token_urlsafe(32)
        self.digest, self.begins = digest(secret), secret[:9]
        return secret

    def note_use(self) -> None:
        """Remember that it was used, to the minute. 1 query at most every minute."""
        now = timezone.now()
        if self.used_at is None or now - self.used_at >= USE_NOTED_EVERY:
            Token.objects.filter(pk=self.pk).update(used_at=now)


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
