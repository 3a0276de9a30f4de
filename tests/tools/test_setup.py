"""tools/setup.py makes a fresh machine fit, and does nothing where nothing changed."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
AXE_PIN = ROOT / "tests/web/axe"
BROWSER_AND_FONT = ["chromium", "fonts-noto-cjk"]


class Machine:
    """Stands for the computer: what is missing on it, who we are, and every command that was run."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        self.root = True
        self.apt_helps = True
        self.ran: list[str] = []

    def run(self, step: list, **_: object) -> subprocess.CompletedProcess[str]:
        words = [Path(word).name if "/" in str(word) else str(word) for word in step]
        self.ran.append(" ".join(words))
        if words[:2] == ["apt-get", "install"] and self.apt_helps:
            self.missing = []
        return subprocess.CompletedProcess(
            step, 0 if self.apt_helps or words[0] != "apt-get" else 100, "", "E: no"
        )


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def setup(machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, in a checkout and on a machine of the test's own."""
    spec = importlib.util.spec_from_file_location("setup_script", ROOT / "tools/setup.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    (tmp_path / ".venv").mkdir()
    (tmp_path / "pin").mkdir()
    for name in ("package.json", "package-lock.json"):
        (tmp_path / "pin" / name).write_bytes((AXE_PIN / name).read_bytes())
    replaced = {
        "ROOT": tmp_path,
        "AXE": tmp_path / ".venv/axe",
        "AXE_PIN": tmp_path / "pin",
        "STAMP": tmp_path / ".venv/cunzhao-setup",
        "LOCKS": {"run": tmp_path / "requirements.lock", "dev": tmp_path / "requirements-dev.lock"},
        "missing_packages": lambda: list(machine.missing),
        "python_works": lambda: True,
    }
    for name, value in replaced.items():
        monkeypatch.setattr(script, name, value)
    monkeypatch.setattr(script.subprocess, "run", machine.run)
    monkeypatch.setattr(script.shutil, "which", lambda name, **_: f"/usr/bin/{name}")
    monkeypatch.setattr(script.os, "geteuid", lambda: 0 if machine.root else 1000, raising=False)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return script


def installs(machine: Machine) -> list[str]:
    return [re.search(r"-r (\S+)", line)[1] for line in machine.ran if "--require-hashes" in line]


def test_the_first_call_installs_the_lock_and_the_second_runs_nothing(setup: ModuleType, machine: Machine):
    setup.setup("run")
    assert installs(machine) == ["requirements.lock"]
    machine.ran.clear()
    setup.setup("run")
    assert machine.ran == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_file_installs_anew(
    setup: ModuleType, machine: Machine, tmp_path: Path, name: str
):
    setup.setup("run")
    (tmp_path / name).write_text("changed")
    setup.setup("run")
    assert installs(machine) == ["requirements.lock", "requirements.lock"]


def test_what_suffices_for_tests_suffices_for_running_but_not_the_other_way(
    setup: ModuleType, machine: Machine
):
    setup.setup("run")
    setup.setup("dev")
    setup.setup("run")
    assert installs(machine) == ["requirements.lock", "requirements-dev.lock"]


def test_a_failed_install_leaves_no_stamp_and_says_why(
    setup: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    setup.setup("run")
    setup.LOCKS["run"].write_text("changed")
    failed = subprocess.CompletedProcess([], 1, "", "ERROR: hashes do not match")
    monkeypatch.setattr(setup.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(SystemExit) as ended:
        setup.setup("run")
    assert ended.value.code == 1
    assert "ERROR: hashes do not match" in capsys.readouterr().err
    assert not setup.STAMP.exists()


def test_root_gets_what_is_missing_from_apt_after_one_update(setup: ModuleType, machine: Machine):
    machine.missing = ["python3.11-venv", *BROWSER_AND_FONT]
    setup.setup("dev")
    assert machine.ran[:2] == [
        "apt-get update -qq",
        "apt-get install -y --no-install-recommends python3.11-venv chromium fonts-noto-cjk -qq",
    ]
    assert sum("apt-get update" in line for line in machine.ran) == 1


def test_others_are_told_the_one_command_and_running_goes_on_without_a_browser(
    setup: ModuleType, machine: Machine, capsys: pytest.CaptureFixture[str]
):
    machine.root, machine.missing = False, list(BROWSER_AND_FONT)
    setup.setup("run")
    said = capsys.readouterr().err
    assert "    sudo apt-get install -y --no-install-recommends chromium fonts-noto-cjk\n" in said
    assert not any("apt-get" in line for line in machine.ran)
    assert installs(machine) == ["requirements.lock"]


@pytest.mark.parametrize(("level", "missing"), [("run", ["python3.11-venv"]), ("dev", BROWSER_AND_FONT)])
def test_without_what_is_indispensable_nothing_is_installed(
    setup: ModuleType, machine: Machine, level: str, missing: list[str]
):
    machine.root, machine.missing = False, list(missing)
    with pytest.raises(SystemExit, match=r"missing: cannot go on"):
        setup.setup(level)
    assert machine.ran == []


def test_where_apt_fails_its_words_are_shown(
    setup: ModuleType, machine: Machine, capsys: pytest.CaptureFixture[str]
):
    machine.missing, machine.apt_helps = list(BROWSER_AND_FONT), False
    setup.setup("run")
    assert "failed:\nE: no" in capsys.readouterr().err
    assert installs(machine) == ["requirements.lock"]


def test_axe_core_is_fetched_once_and_again_when_its_pin_changes(
    setup: ModuleType, machine: Machine, tmp_path: Path
):
    fetched = ["npm ci --ignore-scripts --no-audit --no-fund"]
    setup.fetch_axe()
    assert machine.ran == fetched
    script = tmp_path / ".venv/axe/node_modules/axe-core/axe.min.js"
    script.parent.mkdir(parents=True)
    script.write_text("// axe")
    setup.fetch_axe()
    assert machine.ran == fetched
    (tmp_path / "pin/package-lock.json").write_text("{}")
    setup.fetch_axe()
    assert machine.ran == 2 * fetched


def test_without_npm_and_without_root_the_one_command_is_named(
    setup: ModuleType,
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    machine.root = False
    monkeypatch.setattr(
        setup.shutil, "which", lambda name, **_: None if name == "npm" else f"/usr/bin/{name}"
    )
    setup.fetch_axe()
    said = capsys.readouterr().err
    assert "    sudo apt-get install -y --no-install-recommends npm\n" in said and "no npm" in said
    assert machine.ran == []


def test_the_pin_of_axe_core_has_an_exact_version_and_a_digest_and_no_address():
    pins = [json.loads((AXE_PIN / name).read_text("utf-8")) for name in ("package.json", "package-lock.json")]
    packages = {name: one for name, one in pins[1]["packages"].items() if name}
    assert {name.removeprefix("node_modules/"): one["version"] for name, one in packages.items()} == (
        pins[0]["devDependencies"]
    )
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert "://" not in json.dumps(pins)


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_versions_and_digests_and_no_address(name: str):
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"https?:|://|--index|--find-links|--extra-index|file:|@ ", text)
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 40
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_both_locks_agree_and_hold_every_dependency_of_the_project():
    run, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert run.items() <= dev.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]

    def names(requirements: list[str]) -> set[str]:
        return {re.match(r"[\w-]+(?:[.][\w-]+)*", line)[0].lower().replace("_", "-") for line in requirements}

    assert names(project["dependencies"]) - run.keys() == set()
    assert names(extras["postgres"] + extras["dev"]) - dev.keys() == set()
