"""Who holds a position, one a line: a name, and after @ the account that is theirs."""

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.company.holders import Named

LONGEST = 80


class HoldersForm(forms.Form):
    """The holders of one position."""

    people = forms.CharField(
        label=gettext_lazy("Holders, one a line"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "A name a line. To link an account, write @ and its name after it: 李明 @liming. It then sees “My position”."
        ),
    )

    def clean_people(self) -> list[Named]:
        """Return who is named. 1 query."""
        lines = [line.strip().replace("＠", "@") for line in self.cleaned_data["people"].splitlines() if line.strip()]
        parted = [(name.strip(), account.strip()) for name, _at, account in (line.partition("@") for line in lines)]
        accounts = {user.get_username(): user for user in User.objects.filter(username__in=[one for _n, one in parted])}
        errors = [
            forms.ValidationError(_("There is no account “%(name)s”."), params={"name": account})
            for _name, account in parted
            if account and account not in accounts
        ]
        people = [
            Named(name or (user.get_full_name() or user.get_username() if user else ""), user)
            for name, user in ((name, accounts.get(account)) for name, account in parted)
        ]
        if any(not one.name for one in people) and not errors:
            errors.append(forms.ValidationError(_("A line has no name.")))
        if any(len(one.name) > LONGEST for one in people):
            errors.append(forms.ValidationError(_("A name is longer than %(n)d characters."), params={"n": LONGEST}))
        if errors:
            raise forms.ValidationError(errors)
        return people
