"""`manage.py print_worker`: print what waits in the queue, until it is told to end."""

import argparse
import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from departments.printing.upkeep import clean, rescue
from departments.printing.work import stopping

logger = logging.getLogger(__name__)

RESCUE_SECONDS = 15
CLEAN_SECONDS = 3600

HELP = """Print the papers that wait in the queue, one after the other.

A site needs at least one worker beside its web processes: let a service manager (systemd, supervisord, a container of its
own) start it with the same environment and start it again if it ends. More workers, also on other machines, take from the
same queue: they need the same database and nothing else; what they print is handed over in the database. Where they share
DATA_DIR with the web processes too, what is printed once is printed once for all. On SIGTERM or Ctrl-C a worker gives back
what it is printing and ends. What a worker leaves that died, another takes up after a minute; it also removes
papers that are older than PRINT_KEPT_HOURS.
"""


class OneTask(Worker):
    """Does one task, if one waits, and remembers whether it did."""

    ran = False

    def __init__(self, worker_id: str):
        super().__init__(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=worker_id,
            excluded_queue_names=[],
        )

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Do it."""
        self.ran = True
        super().run_task(db_task_result)


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *names: Any, **options: Any) -> Any:
        """Keep the paragraphs of the help."""
        return super().create_parser(*names, formatter_class=argparse.RawDescriptionHelpFormatter, **options)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take how long to look."""
        parser.add_argument("--batch", action="store_true", help="end when nothing waits any more")
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between two looks (default: 0.5)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work. A database that does not answer is asked again."""
        stopping.clear()
        before = {number: signal.signal(number, _stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            work(batch=options["batch"], interval=options["interval"])
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def work(*, batch: bool, interval: float) -> None:
    """Do one task after the other, and what is due between them."""
    name = get_random_string(32)
    rescued = cleaned = float("-inf")
    while not stopping.is_set():
        worker = OneTask(name)
        try:
            now = time.monotonic()
            if now - rescued > RESCUE_SECONDS:
                rescue()
                rescued = now
            if now - cleaned > CLEAN_SECONDS:
                clean()
                cleaned = now
            worker.run()
        except DatabaseError:
            if batch:
                raise
            logger.exception("The database does not answer.")
            close_old_connections()
        if not worker.ran:
            if batch:
                return
            stopping.wait(interval)


def _stop(_number: int, _frame: FrameType | None) -> None:
    stopping.set()
