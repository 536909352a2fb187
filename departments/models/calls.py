"""How often programs called in this minute: counted in the database, so that every process counts the same."""

import time

from django.db import connection, models

MINUTE = 60


def this_minute() -> int:
    """Return the number of this minute."""
    return int(time.time()) // MINUTE


class CallsQuerySet(models.QuerySet["Calls"]):
    """Counting."""

    def count_one(self, caller: str) -> int:
        """Count a call of this minute and return how many that makes. 1 query, 2 for the first of a minute.

        One statement, which both databases know, since a call that is read and then written could be counted once for two.
        """
        minute = this_minute()
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (caller, minute, number) VALUES (%s, %s, 1) "  # noqa: S608  # a table of ours
                f"ON CONFLICT (caller) DO UPDATE SET minute = excluded.minute, "
                f"number = CASE WHEN {table}.minute = excluded.minute THEN {table}.number + 1 ELSE 1 END "
                f"RETURNING number",
                [caller, minute],
            )
            (number,) = cursor.fetchone()
        if number == 1:
            self.filter(minute__lt=minute - 1).delete()
        return int(number)


class Calls(models.Model):
    """The calls of one token, or of one stranger's address, in the minute it called last; forgotten a minute later."""

    caller = models.CharField(max_length=80, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    number = models.PositiveIntegerField()

    objects = CallsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.caller}: {self.number}"
