"""A duty statement read as tasks: what a reader finds in it (readings.yaml)."""

from pathlib import Path

import pytest
import yaml

from departments.comparison.meanings import Task
from departments.comparison.statements import statement

READINGS = yaml.safe_load((Path(__file__).parent / "readings.yaml").read_text(encoding="utf-8"))


def task(written: str) -> Task:
    """Return a task as it is written in the file: 助制定+执行/计划<区域>."""
    done, _slash, rest = written.removeprefix("助").partition("/")
    concepts, _open, narrowing = rest.removesuffix(">").partition("<")
    said = (frozenset(filter(None, part.split("+"))) for part in (done, concepts, narrowing))
    acts, concepts_said, narrowing_said = said
    return Task(acts, concepts_said, written.startswith("助"), narrowing_said)


@pytest.mark.parametrize(("text", "tasks"), READINGS, ids=[text for text, _tasks in READINGS])
def test_a_statement_is_read_as_the_tasks_a_reader_finds(text, tasks):
    found = [each for clause in statement(text) for each in clause if not each.example]
    assert found == [task(written) for written in tasks]
