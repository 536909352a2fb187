"""What a person typed: one module a noun."""

from django.utils.translation import gettext_noop

LABEL_SUFFIX = gettext_noop(":")  # what Django puts after a label: full-width in Chinese
