"""The build holds together: the locks agree, nothing names a machine, the words are translated, the helpers do as they say."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import psycopg
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tools import postgres, system
from tools.messages import ROOT, translations
from tools.system import Need

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pins(lock: str) -> dict[str, str]:
    """Return package → version of a lock file."""
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;]+)", (ROOT / lock).read_text(), re.MULTILINE))


def normal(requirement: str) -> str:
    """Return a requirement's name as a lock file spells it."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def test_both_locks_pin_the_same_versions() -> None:
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert run.items() <= dev.items()


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_lock_has_every_requirement(lock: str, wanted: list[str]) -> None:
    assert {normal(requirement) for requirement in wanted} - set(pins(lock)) == set()


def tracked_texts() -> list[tuple[Path, str]]:
    """Return every text file of the repository that we write ourselves."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    texts = []
    for name in names:
        try:
            texts.append((Path(name), (ROOT / name).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return texts


# Written with a gap, so that this file does not find itself.
FORBIDDEN = [
    "/root" + "/",
    "/home" + "/",
    "/work" + "/",
    "pypi" + ".org",
    "python" + "hosted",
    "registry." + "npmjs",
    "deb." + "debian",
]


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    found = [
        f"{path}: {word}"
        for path, text in tracked_texts()
        for word in FORBIDDEN
        if re.search(rf"(?<![\w.]){re.escape(word)}", text)
    ]
    assert found == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_readme_names_only_targets_that_exist(readme: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", " ".join(re.findall(r"`[^`]+`", (ROOT / readme).read_text()))))
    assert {"run", "test"} <= named
    assert named <= targets


# The words of the interface


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Catalog]:
    """Return the catalogues as they are after the words of the code have been gathered anew, in a copy."""
    if not shutil.which("xgettext"):
        assert os.environ.get("CI") != "true", "GNU gettext is missing"
        pytest.skip("GNU gettext is missing: apt-get install gettext")
    copy = tmp_path_factory.mktemp("copy")
    for name in ("departments", "orgdesign", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "manage.py", copy)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "zh_Hans", "--no-obsolete", "--no-wrap"]
    (copy / "departments" / "locale").mkdir(exist_ok=True)
    subprocess.run(command, cwd=copy, env=os.environ | {"DATA_DIR": str(copy)}, check=True, capture_output=True)
    found = {}
    for path in sorted((copy / "departments" / "locale").glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            found[str(path.relative_to(copy))] = read_po(file, locale=path.parts[-3])
    return found


def test_every_message_is_translated(gathered: dict[str, Catalog]) -> None:
    bare = [
        f"{message.locations[0][0]}: {message.id}"
        for catalog in gathered.values()
        for message in catalog
        if message.id and (message.fuzzy or not _translated(message.string))
    ]
    assert not bare, f"{len(bare)} messages (make messages gathers them):\n" + "\n".join(bare)


def test_no_words_are_hidden_from_who_gathers_them(gathered: dict[str, Catalog]) -> None:
    """Where gettext has another name, or stands in an f-string, xgettext does not see it."""
    code = [path.read_text("utf-8") for path in (ROOT / "departments").rglob("*.py")]
    renamed = re.compile(r"\bn?p?gettext\w* as (?!_\b|_lazy\b)\w+")
    inside = re.compile(r"""\{_\((['"])(.*?)\1\)""")
    (catalog,) = gathered.values()
    assert [found[0] for text in code for found in renamed.finditer(text)] == []
    assert {found[2] for text in code for found in inside.finditer(text)} - {message.id for message in catalog} == set()


def _translated(string: str | tuple[str, ...]) -> bool:
    return all([string] if isinstance(string, str) else string)


def test_no_translation_lacks_its_message(gathered: dict[str, Catalog]) -> None:
    for path in translations():
        with path.open("rb") as file:
            kept = {(message.id, message.context) for message in read_po(file, locale=path.parts[-3])}
        current = {(message.id, message.context) for message in gathered[str(path.relative_to(ROOT))]}
        assert kept - current == set(), "make messages drops what the code no longer says"


def test_translations_keep_the_placeholders(gathered: dict[str, Catalog]) -> None:
    faults = [
        f"{message.id}: {error}"
        for catalog in gathered.values()
        for message in catalog
        if message.string
        for error in message.check(catalog)
    ]
    assert faults == []


# Static files


def test_static_files_can_be_collected_for_production(tmp_path: Path) -> None:
    """Every file that a stylesheet or a module refers to is there: the manifest refuses one that is not."""
    code = f"""
import django
from django.conf import settings
django.setup()
settings.STATIC_ROOT = {str(tmp_path / "static")!r}
settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css", "js", "json", "map", "svg", "txt"]  # no reference is found by gzip
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)
"""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "orgdesign.settings", "DEBUG": "0", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()


# The helpers

LACKING = Need("Pango", "sets the text of PDFs", "libpango-1.0-0", lambda: False)


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_missing_part_is_named_with_its_command(
    ci: str, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "NEEDS", {"run": [LACKING]})
    monkeypatch.setattr(system, "may_install", lambda: False)
    monkeypatch.setenv("CI", ci)
    assert system.main(["run"]) == status
    assert capsys.readouterr().out.splitlines() == [
        "Missing: Pango (sets the text of PDFs)",
        "To install it on Debian or Ubuntu: sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0'",
    ]


def test_missing_part_is_installed_where_we_may(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[Need] = []
    need = Need("Pango", "sets the text of PDFs", "libpango-1.0-0", lambda: bool(installed))
    monkeypatch.setattr(system, "NEEDS", {"run": [need]})
    monkeypatch.setattr(system, "may_install", lambda: True)
    monkeypatch.setattr(system, "install", installed.extend)
    assert system.main(["run"]) == 0
    assert installed == [need]


def test_temporary_postgresql_answers_and_is_gone_afterwards() -> None:
    programs = system.find_postgresql()
    if not programs:
        pytest.skip("PostgreSQL is not installed")
    with postgres.temporary_server(programs) as url:
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT 会计 ~ '[[:alpha:]]{2}' FROM (VALUES ('会计')) AS t (会计)").fetchone()
        assert row == (True,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)
