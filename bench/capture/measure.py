"""What a command costs: wall and CPU seconds and memory of its whole process tree. Linux: it reads /proc.

`python -m bench.capture.measure STAGED COMMAND…` prints one JSON object. It runs in a process of its own that
adopts orphans (Chromium leaves some), so that no CPU second of the tree is lost. A staged command says
`ready` when it has started up, begins when it reads a line, and says `done` when everything is on disk:
only what lies between is measured.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")  # a second has so many; /proc counts in them
_CPUCLOCK_PROCESS = 2  # Linux, <linux/posix-timers.h>: the CPU clock of a whole process, in nanoseconds
_PR_SET_CHILD_SUBREAPER = 36
_EVERY_S = 0.5  # between two looks at memory, which are dear
_ORPHANS_S = 5
_END_S = 60  # a tool that has done is given so long to leave


@dataclass(frozen=True, slots=True)
class Cost:
    wall: float  # seconds
    cpu: float  # seconds, user and system, of all processes
    peak: int  # bytes: the largest sum of proportional set sizes seen (half-second looks)
    code: int  # exit code
    tail: str  # the end of what it said on standard error


def descendants(root: int) -> list[int]:
    """All living (and not yet reaped) processes below `root`."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = path.read_text("latin-1").rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(told[1]), []).append(int(path.parent.name))
    found, pending = list[int](), [root]
    while pending:
        children = below.get(pending.pop(), [])
        found += children
        pending += children
    return found


def cpu_so_far() -> float:
    """CPU seconds of everything we started, ended or not."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = ended.ru_utime + ended.ru_stime
    for pid in descendants(os.getpid()):
        try:
            told = Path(f"/proc/{pid}/stat").read_text("latin-1").rpartition(")")[2].split()
            total += time.clock_gettime((~pid << 3) | _CPUCLOCK_PROCESS)
        except OSError:
            continue
        total += (int(told[13]) + int(told[14])) / _TICK  # of its children that it has reaped
    return total


def memory() -> int:
    """Proportional set sizes of the tree now, in bytes: shared memory counts once."""
    total = 0
    for pid in descendants(os.getpid()):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text("latin-1").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def measured(command: list[str], *, staged: bool) -> Cost:
    """Run a command and say what it cost."""
    tool = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert tool.stdin and tool.stdout and tool.stderr
    said: list[bytes] = []
    reading = threading.Thread(target=lambda: said.append(tool.stderr.read() if tool.stderr else b""))
    reading.start()
    peak, over = [0], threading.Event()

    def watch() -> None:
        while not over.is_set():
            peak[0] = max(peak[0], memory())
            over.wait(_EVERY_S)

    if staged:
        _await(tool, b"ready")
    watching = threading.Thread(target=watch)
    before, begun = cpu_so_far() if staged else 0.0, time.perf_counter()
    watching.start()
    if staged:
        tool.stdin.write(b"go\n")
        tool.stdin.flush()
        _await(tool, b"done")
    else:
        tool.stdin.close()
        tool.stdout.read()
        tool.wait()
    wall = time.perf_counter() - begun
    if not staged:
        _await_orphans()
    spent = cpu_so_far() - before
    over.set()
    watching.join()
    code = _ended(tool)
    reading.join(5)
    tail = b"".join(said)[-2000:].decode("utf-8", "replace")
    return Cost(wall=wall, cpu=spent, peak=peak[0], code=code, tail=tail)


def _await(tool: subprocess.Popen[bytes], word: bytes) -> None:
    """Read up to the line that is this word; if the tool ends first, there will be no more to read."""
    assert tool.stdout
    for line in tool.stdout:
        if line.strip() == word:
            return


def _await_orphans() -> None:
    """What the tool killed on leaving takes a moment to end, and is counted when it has."""
    ends = time.monotonic() + _ORPHANS_S
    while time.monotonic() < ends:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.02)
        except ChildProcessError:
            return


def _ended(tool: subprocess.Popen[bytes]) -> int:
    """Its exit code; what it leaves running is ended."""
    assert tool.stdin
    with contextlib.suppress(BrokenPipeError):
        tool.stdin.close()
    try:
        code = tool.wait(_END_S)
    except subprocess.TimeoutExpired:
        code = -1
    for pid in descendants(os.getpid()):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return code


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    print(json.dumps(asdict(measured(sys.argv[2:], staged=sys.argv[1] == "staged"))))
