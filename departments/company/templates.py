"""Which Word template is used: theirs, once it was tried, or ours. Their files stay until somebody removes them."""

from django.db import transaction
from django.utils.translation import gettext as _

from departments.models import WordTemplate
from departments.restructuring import Refused

MOST = 10


def keep(name: str, content: bytes, *, by_name: str) -> WordTemplate:
    """Keep an accepted template, to be tried. 2 queries. Raises Refused where too many are kept."""
    if WordTemplate.objects.count() >= MOST:
        raise Refused(_("%(most)d templates are kept already. Remove one first.") % {"most": MOST})
    return WordTemplate.objects.create(name=name, content=content, by_name=by_name)


def use(template: WordTemplate) -> None:
    """Fill in this template from now on. Raises Refused for one that was never tried."""
    if not template.tried:
        raise Refused(_("Try the template on a position first, and look at what comes out."))
    with transaction.atomic():
        use_ours()
        WordTemplate.objects.filter(pk=template.pk).update(in_use=True)


def use_ours() -> None:
    """Fill in our template again; theirs are kept. 1 query."""
    WordTemplate.objects.filter(in_use=True).update(in_use=False)


def remove(template: WordTemplate) -> None:
    """Remove a template for good. Raises Refused for the one in use."""
    if template.in_use:
        raise Refused(_("This template is in use. Use another first."))
    template.delete()
