"""Make `.venv` fit for running or testing Cunzhao. usage: setup.py run | dev | lock

Needs nothing but a Python 3.11 (not even its venv module: Debian packs that apart). What the system lacks is
installed with apt when root, otherwise the one command to run is named. A stamp in `.venv` holds the digest
of what was installed, so that a second call with nothing changed ends at once. `dev` also fetches axe-core,
by which the tests judge whether pages can be used by everybody, from npm into `.venv/axe`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "cunzhao-setup"  # one line: level, digest
AXE = VENV / "axe"
AXE_PIN = ROOT / "tests" / "web" / "axe"  # version and digest, no address
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
# What builds the project itself; locked with the rest, so that an editable install fetches nothing unlocked.
BUILD = "setuptools>=70.1\n"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHINESE_FONTS = ("cjk", "wqy", "sourcehan", "simsun", "msyh", "pingfang", "uming", "ukai")


def say(zh: str, en: str) -> None:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    print(en if locale.lower().startswith("en") else zh, file=sys.stderr, flush=True)


def has_venv() -> bool:
    """An empty folder left of a removed package has a spec too, but no origin."""
    specs = [importlib.util.find_spec(name) for name in ("venv", "ensurepip")]
    return all(spec and spec.origin for spec in specs)


def has_chinese_font() -> bool:
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".local/share/fonts"))
    files = (path.name.lower() for folder in folders for path in Path(folder).rglob("*.[to]t[fc]"))
    return any(name in file for file in files for name in CHINESE_FONTS)


def missing_packages() -> list[str]:
    """Debian packages that this machine lacks, the venv module first."""
    if not sys.platform.startswith("linux"):
        return []
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    wanted = [] if has_venv() or python_works() else [f"python{version}-venv"]
    if not any(shutil.which(name) for name in BROWSERS):
        wanted.append("chromium")
    if not has_chinese_font():
        wanted.append("fonts-noto-cjk")
    return wanted


def install_packages(packages: list[str]) -> None:
    """With apt, as root; elsewhere name the command. Whether it helped, the caller looks again."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        say(f"请用系统的软件管理工具安装：{names}", f"install with your package manager: {names}")
        return
    if os.geteuid() != 0:
        sudo = "sudo apt-get install -y --no-install-recommends " + names
        say(f"系统缺少软件，请运行：\n    {sudo}", f"the system lacks packages; run:\n    {sudo}")
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    say(f"正在用 apt 安装：{names} …", f"installing with apt: {names} …")
    for step in (["apt-get", "update", "-qq"], [*command, "-qq"]):
        done = subprocess.run(
            step, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip()[-2000:]
            say(f"{' '.join(step)} 失败：\n{said}", f"{' '.join(step)} failed:\n{said}")


def provide_packages(level: str) -> list[str]:
    """What is still missing afterwards. Running can do without a browser and a font, testing cannot."""
    packages = missing_packages()
    if packages:
        install_packages(packages)
        packages = missing_packages()
    indispensable = packages if level == "dev" else [p for p in packages if p.endswith("-venv")]
    if indispensable:
        named = " ".join(indispensable)
        sys.exit(f"缺少 {named}，无法继续。 / {named} missing: cannot go on.")
    if packages:
        named = " ".join(packages)
        say(f"没有 {named}：可以运行，但部分功能不可用。", f"without {named} some functions will not work.")
    return packages


def digest() -> str:
    """Of all that decides what `.venv` holds; the place too, as scripts in it name their interpreter."""
    parts = [str(ROOT).encode(), sys.version.encode()]
    parts += [path.read_bytes() for path in (*LOCKS.values(), ROOT / "pyproject.toml")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def python_works() -> bool:
    """`.venv` has a Python of ours with pip; one left half made, or moved here, does not count."""
    python = BIN / "python"
    if not python.exists():
        return False
    code = "import sys, pip; print(sys.prefix, sys.version)"
    answer = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == f"{VENV} {sys.version}"


def run(step: list[str | Path], zh: str, en: str) -> None:
    """One step whose output people need only if it fails; then its end and our exit code 1."""
    done = subprocess.run(
        step, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        print((done.stdout + done.stderr).strip()[-4000:], file=sys.stderr)
        say(f"{zh}失败，原因见上。", f"{en} failed; the cause stands above.")
        sys.exit(1)


def make_venv() -> None:
    if python_works():
        return
    say("正在建立 Python 环境 .venv …", "making the Python environment .venv …")
    run([sys.executable, "-m", "venv", "--clear", VENV], "建立 .venv ", "making .venv")


def install(level: str) -> None:
    """The locked packages, then the project itself, by the pip settings of this machine."""
    pip: list[str | Path] = [BIN / "python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    lock = LOCKS[level]
    say(f"正在安装 {lock.name} 中的软件包（一两分钟）…", f"installing {lock.name} (a minute or two) …")
    run([*pip, "--require-hashes", "-r", lock], f"安装 {lock.name} ", f"installing {lock.name}")
    say("正在安装存照 …", "installing Cunzhao …")
    run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], "安装存照", "installing Cunzhao")


def setup(level: str) -> None:
    """`.venv` as `level` needs it; the tests' packages include those for running."""
    wanted = digest()
    stamp = STAMP.read_text("utf-8").split() if STAMP.is_file() else []
    if stamp[1:] == [wanted] and level in ("run", stamp[0]):
        return
    provide_packages(level)
    make_venv()
    STAMP.unlink(missing_ok=True)
    install(level)
    STAMP.write_text(f"{level} {wanted}\n", "utf-8")
    say("环境已就绪。", "the environment is ready.")


def fetch_axe() -> None:
    """axe-core as its pin says, where it is not there yet. Without it one test fails, and says so."""
    names = ("package.json", "package-lock.json")
    pins = {AXE / name: (AXE_PIN / name).read_bytes() for name in names}
    script = AXE / "node_modules" / "axe-core" / "axe.min.js"
    if script.is_file() and all(path.is_file() and path.read_bytes() == pin for path, pin in pins.items()):
        return
    if shutil.which("npm") is None:
        install_packages(["npm"])
    npm = shutil.which("npm")
    if npm is None:
        say("没有 npm：网页无障碍的测试（axe-core）无法进行。", "no npm: the accessibility test cannot run.")
        return
    AXE.mkdir(parents=True, exist_ok=True)
    for path, pin in pins.items():
        path.write_bytes(pin)
    say("正在用 npm 取 axe-core …", "fetching axe-core with npm …")
    step = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(
        step, cwd=AXE, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        print((done.stdout + done.stderr).strip()[-2000:], file=sys.stderr)
        say("npm 没有取到 axe-core，原因见上。", "npm did not bring axe-core; the cause stands above.")


def lock() -> None:
    """Write both lock files anew: exact versions and digests for every platform, and no index address."""
    uv = shutil.which("uv", path=f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}")
    if uv is None:
        make_venv()
        run([BIN / "python", "-m", "pip", "install", "--quiet", "uv"], "安装 uv ", "installing uv")
        uv = str(BIN / "uv")
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade"]
    options += ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    for level, path in LOCKS.items():
        # The tests run what users run: no version may differ between the two.
        dev = ["--extra", "postgres", "--extra", "dev", "--constraint", LOCKS["run"].name]
        extras = dev if level == "dev" else []
        step = [uv, "pip", "compile", "pyproject.toml", "-", *extras, *options, "-o", path.name]
        subprocess.run(step, cwd=ROOT, input=BUILD, text=True, check=True, stdout=subprocess.DEVNULL)
        say(f"已写入 {path.name}", f"wrote {path.name}")


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - it is here that an older one must be refused
        sys.exit("需要 Python 3.11 或更新版本。 / Python 3.11 or newer is needed.")
    if sys.argv[1:] == ["lock"]:
        lock()
    elif sys.argv[1:] in (["run"], ["dev"]):
        setup(sys.argv[1])
        if sys.argv[1] == "dev":
            fetch_axe()
    else:
        sys.exit(__doc__)
