"""The house keeps its shape: who may import whom, how long a file may be, what every door promises."""

from __future__ import annotations

import ast
import json
from functools import cache
from pathlib import Path

SRC = Path(__file__).parent.parent / "src"
STAGES = ("collect", "archive", "read", "extract", "organize", "ledger", "evaluate")
#: Folders in their order, and modules beside them that all may use.
FOLDERS = {
    "cunzhao.core": (
        ("values", "queries", "derived", "keeping", "corrections", "data", "snapshots", "order", "search"),
        ("ids", "spoken", "words"),
    ),
    "cunzhao.web": (("door", "showing", "pages"), ()),
}
EVERYWHERE = {
    "cunzhao",
    "cunzhao.charset",
    "cunzhao.errors",
    "cunzhao.formats",
    "cunzhao.htmltree",
    "cunzhao.language",
    "cunzhao.settings",
}
LONG_FILES = json.loads((Path(__file__).parent / "long_files.json").read_text("utf-8"))
MODULES = sorted(SRC.glob("cunzhao/**/*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


KNOWN = {name_of(path) for path in MODULES}


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """Full names of our own modules that a file imports; `from cunzhao.read import types` names the module."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += (a.name for a in node.names if a.name.split(".")[0] == "cunzhao")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cunzhao":
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.append(full if full in KNOWN else str(node.module))
    return tuple(found)


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "cunzhao"


def allowed(room: str, target: str) -> bool:
    other = room_of(target)
    if other == room or target in EVERYWHERE:
        return True
    if room in STAGES:
        earlier = STAGES[: STAGES.index(room)]
        return other in ("storage", "egress") or (other in earlier and target == f"cunzhao.{other}.types")
    if room == "mcp" and target == "cunzhao.web.showing.safe":  # how archived words are shown
        return True
    if room in ("api", "mcp", "web", "cli") and other in STAGES:
        return target == f"cunzhao.{other}.types"  # the values that core answers with
    if room in ("api", "web", "cli") and other == "access":
        return target in ("cunzhao.access.types", "cunzhao.access.visiting")
    if room in ("web", "cli") and target == "cunzhao.storage.acting":
        return True  # the doors say who acts
    return other in {
        "access": {"storage"},
        "core": {*STAGES, "access", "storage", "egress"},
        "api": {"core"},
        "mcp": {"core"},
        "web": {"core", "api", "mcp"},
        "cli": {"core", "mcp", "web", "sample"},
        "__main__": {"cli"},
    }.get(room, set())


def test_a_stage_imports_only_types_of_the_stages_before_it_and_nothing_imports_the_rim() -> None:
    wrong = [
        f"{name_of(path)} imports {target}"
        for path in MODULES
        for target in imports_of(path)
        if not allowed(room_of(name_of(path)), target)
    ]
    assert wrong == []


def test_a_folder_of_core_or_web_leans_on_those_before_it_only() -> None:
    wrong = []
    for path in MODULES:
        name = name_of(path).split(".")
        folders, open_to_all = FOLDERS.get(".".join(name[:2]), ((), ()))
        if not folders or len(name) < 4:
            continue
        earlier = folders[: folders.index(name[2]) + 1]
        for target in imports_of(path):
            parts = target.split(".")
            if parts[:2] == name[:2] and parts[2] not in (*earlier, *open_to_all):
                wrong.append(f"{'.'.join(name)} imports {target}")
    assert wrong == []


def test_no_two_modules_import_each_other_round_a_circle() -> None:
    graph = {name_of(p): set(imports_of(p)) for p in MODULES}
    done: set[str] = set()

    def walk(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join([*way, module])
        if module not in done:
            for target in graph.get(module, ()):
                walk(target, (*way, module))
            done.add(module)

    for module in graph:
        walk(module, ())


def test_a_file_over_300_lines_is_listed_with_its_reason() -> None:
    long = {
        path.relative_to(SRC).as_posix()
        for path in MODULES
        if len(path.read_text("utf-8").splitlines()) > 300
    }
    assert long == set(LONG_FILES)


def test_only_the_command_line_reads_the_environment() -> None:
    readers = [
        name_of(p) for p in MODULES if "os.environ" in p.read_text("utf-8") and p.name != "settings.py"
    ]
    hands_it_on = "cunzhao.collect.browser.temporary"  # to the browser, unread
    assert [r for r in readers if room_of(r) != "cli"] == [hands_it_on]


def test_every_folder_says_what_it_is_for() -> None:
    for package in SRC.glob("cunzhao/**/"):
        if any(package.glob("*.py")):
            text = (package / "__init__.py").read_text("utf-8")
            assert ast.get_docstring(ast.parse(text)), package
