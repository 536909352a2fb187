"""What waits in the queue: a job to be printed, an edition whose booklet is to be ready before anybody asks."""

from django.conf import settings
from django.utils.translation import override
from django_tasks import task

from departments.booklets.options import Options
from departments.company.holders import holders, said_of_holders
from departments.formats import pdf
from departments.models import Design, Edition, Organisation, PrintJob
from departments.printing import work
from departments.printing.orders import Order


@task()
def print_paper(job: str) -> str:
    """Make what a job asks for; return its state at the end. Where this process must end first, another may go on."""
    state = work.carry_out(job)
    if state == PrintJob.State.WAITING:
        enqueue(PrintJob.objects.get(pk=job))
    return state


def enqueue(job: PrintJob) -> None:
    """Put a job into the queue, and let it know its place there. 2 queries."""
    job.task = str(print_paper.enqueue(str(job.pk)).id)
    PrintJob.objects.filter(pk=job.pk).update(task=job.task)


@task(priority=-10)  # after everything that somebody waits for
def warm(edition: int) -> int:
    """Print the booklet of an edition in force as most will ask for it, so that it lies ready; return how many pieces.

    Where holders are shown to whoever reads, they are on it. Ends quietly where it cannot be done: who asks is told.
    """
    found = Edition.objects.select_related("design").filter(pk=edition, status=Edition.Status.IN_FORCE).first()
    if found is None:
        return 0
    seen_by, carried = said_of_holders()
    named = carried and seen_by != Organisation.Seen.NOBODY and found.design.origin == Design.Origin.OWN
    with override(settings.LANGUAGE_CODE):
        order = Order(found, Options(), holders(found) if named else {})
        try:
            order.keep(pdf.print_book(order.book, cancelled=work.stopping.is_set))
        except pdf.PaperError:
            return 0
    return len(order.book.pieces)
