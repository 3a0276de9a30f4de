"""Invariant 7, read from the source: no module but the gate opens a connection."""

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "cunzhao"
NETWORK = {
    "aiohttp", "ftplib", "http.client", "httpcore", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket",
    "telnetlib", "urllib.request", "urllib3", "websockets", "xmlrpc.client",
}  # fmt: skip
CALLS = {"open_connection", "create_connection", "open_unix_connection", "sock_connect", "urlopen"}

#: Each exception with its reason.
ALLOWED = {
    "egress/reaching.py": {"socket", "open_connection"},  # this is the gate, where it connects
    "egress/carrying.py": {"socket"},  # socket options only; opens no connection
    "egress/asking.py": {"httpcore"},  # its pool is given GateBackend
    "egress/backend.py": {"httpcore"},  # connects to the gate, and nowhere else
    "collect/fetch.py": {
        "httpcore"
    },  # its pool is given GateBackend; a stream of any other kind ends the fetch
    "collect/heads.py": {"httpcore"},  # types only
    "cli/running.py": {"socket"},  # listens for the pages; opens no connection
    "cli/doctor.py": {"socket"},  # asks the resolver for one name; opens no connection
}


def reaches(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & NETWORK
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)} & NETWORK
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            found |= {name} & CALLS
    return found


def test_no_module_but_the_gate_opens_a_connection():
    files = {path.relative_to(SOURCE).as_posix(): reaches(path) for path in SOURCE.rglob("*.py")}
    assert len(files) > 20
    assert {name: found for name, found in files.items() if found} == ALLOWED


def test_the_search_sees_what_it_should_see(tmp_path: Path):
    (tmp_path / "a.py").write_text(
        "import httpx\nfrom http import client\nimport asyncio\nasyncio.open_connection()"
    )
    assert reaches(tmp_path / "a.py") == {"httpx", "http.client", "open_connection"}
