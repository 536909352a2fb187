"""What waits for somebody, by mail: sent when a step of an edition is committed, where a mail server is set (EMAIL_URL).

One mail a person a step, plain text in the account's language. Mail is a courtesy: whatever goes wrong with it is logged and
changes nothing of the step, which is done.
"""

import logging
from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Prefetch
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from departments.models import Edition, Preference, Role, Transition
from departments.waiting import TASKS, task

logger = logging.getLogger(__name__)
Status = Edition.Status
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


@receiver(post_save, sender=Transition)
def _announce(instance: Transition, *, created: bool, **_kwargs: Any) -> None:
    """Tell who is concerned, once the step is there for good."""
    if created and settings.EMAIL_BACKEND != NOWHERE:
        transaction.on_commit(lambda: announce(instance), robust=True)


def announce(step: Transition) -> int:
    """Send the mails of a step and return how many went out. 4 queries, and one more a person."""
    taken = Prefetch("transitions", Transition.objects.select_related("by").order_by("pk"))
    edition = Edition.objects.select_related("design").prefetch_related(taken).get(pk=step.edition_id)
    messages = [_message(step, edition, person, kind) for person, kind in _concerned(step, edition)]
    if not messages:
        return 0
    sent = 0
    try:
        with get_connection() as connection:
            for message in messages:
                try:
                    sent += connection.send_messages([message]) or 0
                except (OSError, SMTPException):
                    logger.exception("A mail about step %s was not sent.", step.pk)
    except (OSError, SMTPException):
        logger.exception("The mails about step %s were not sent: no mail server.", step.pk)
    return sent


def _concerned(step: Transition, edition: Edition) -> Iterable[tuple[User, str]]:
    """Yield whom the step gives something to do, and what: never who took it, nor who has no address."""
    people = User.objects.filter(is_active=True).exclude(email="").exclude(pk=step.by_id or 0)
    if step.before == step.after or edition.status != step.after:
        return  # a signature hands nothing on, and what went on meanwhile has a mail of its own
    if step.after == Status.DRAFT and step.before:
        handed_in = edition.transitions.filter(after=Status.IN_REVIEW).exclude(before=Status.IN_REVIEW).last()
        if handed_in is not None:
            yield from ((person, "returned") for person in people.filter(pk=handed_in.by_id or 0))
    elif step.after in (Status.IN_REVIEW, Status.APPROVED):
        deciding = people.filter(groups__name__in=(Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR)).distinct()
        for person in deciding.prefetch_related("groups").order_by("pk"):
            person.__dict__["known_roles"] = frozenset(group.name for group in person.groups.all()) & {*Role.values}
            if kind := task(person, edition):
                yield person, kind


def _message(step: Transition, edition: Edition, person: User, kind: str) -> EmailMessage:
    """Return the mail to one person, in the language they chose."""
    known = Preference.objects.filter(user=person).values_list("language", flat=True).first()
    with override(known or settings.LANGUAGE_CODE):
        about = {"design": edition.design.name, "number": edition.number, "task": str(TASKS[kind])}
        subject = _("%(design)s, edition %(number)s: %(task)s") % about
        page = f"{settings.SITE_URL.rstrip('/')}{reverse('review', args=[edition.design.slug])}"
        context = {"step": step, "edition": edition, "person": person, "task": TASKS[kind], "page": page}
        body = render_to_string("mail/task.txt", context)
    return EmailMessage(subject=" ".join(subject.split()), body=body, to=[person.email])
