"""`manage.py send_webhooks`: tell other systems what is due, for a site that runs no print worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from departments.models import Delivery
from departments.webhooks.deliveries import send_due


class Command(BaseCommand):
    help = (
        "Send the messages to webhooks that are due now. The print worker does the same by itself; cron may call this."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send, and end with an error where something was not received."""
        states = send_due()
        missed = sum(state != Delivery.State.SENT for state in states)
        self.stdout.write(
            _("%(sent)d sent, %(missed)d not received") % {"sent": len(states) - missed, "missed": missed}
        )
        if missed:
            raise CommandError(_("Some receivers did not answer; see the page of the webhooks."))
