"""manage.py demo_accounts: one account a role for trying things out, with the passwords to sign in. Never in production."""

import base64

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from departments.management.ending import misused
from departments.permissions import Role, give

NAMES = {
    Role.READER: "演示读者",
    Role.EDITOR: "演示编辑",
    Role.REVIEWER: "演示审核人",
    Role.APPROVER: "演示批准人",
    Role.ADMINISTRATOR: "演示管理员",
}


class Command(BaseCommand):
    """Make the demo accounts and print them."""

    help = "Makes one demo account a role and prints the passwords. Refuses to run where DEBUG is off."

    def handle(self, **_options: object) -> None:
        """Make what is missing; leave what is there, with the password its owner gave it."""
        if not settings.DEBUG:
            raise misused(_("Demo accounts are for trying things out: not where DEBUG is off."))
        self.stdout.write(_("Accounts for trying things out, one a role (name, password):"))
        for role, name in NAMES.items():
            password = _password(role)
            user, made = User.objects.get_or_create(username=f"demo-{role}", defaults={"first_name": name})
            if made:
                user.set_password(password)
                user.save()
                give(user, role)
            known = user.check_password(password)
            self.stdout.write(f"  {user.username:<20} {password if known else _('(its password was changed)')}")


def _password(role: str) -> str:
    """Return a password that only this installation's secret key gives, the same at every start."""
    digest = salted_hmac("demo_accounts", role, algorithm="sha256").digest()
    return base64.b32encode(digest)[:12].decode().lower()
