"""What a browser leaves in the folder for temporary files is taken away, and nothing else."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from cunzhao.collect.browser.temporary import Temporary

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a profile names its socket by a link")


def profile(place: Path, name: str, socket: Path) -> Path:
    """As Playwright makes one and Chromium fills it."""
    made = place / f"playwright_chromiumdev_profile-{name}"
    (made / "Default").mkdir(parents=True)
    (made / "SingletonSocket").symlink_to(socket / "x" / "SingletonSocket")
    return made


@pytest.mark.parametrize("half", [False, True], ids=["whole", "half-taken-away"])
def test_a_profile_goes_with_its_browser_and_that_of_another_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, half: bool
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    temporary = Temporary()
    ours, another = profile(tmp_path, "A", temporary.folder), profile(tmp_path, "B", tmp_path / "other")
    temporary.started()
    if half:
        (ours / "SingletonSocket").unlink()
    temporary.close()
    assert list(tmp_path.iterdir()) == [another]
