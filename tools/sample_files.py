"""Draw the pictures of the sample site and write its Word attachment anew. usage: sample_files.py

The pages of the site are written by hand; these files are not. SVG is written as it is, PNG drawn from SVG
by the system's Chromium; the attachment (who is responsible for which task) is made from the plan itself.
"""

import html
import re
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from docx import Document

WWW = Path(__file__).parent.parent / "src/cunzhao/sample/www"
HILLS = '<path d="M0 {b} Q 160 {t} 320 {m} T 640 {m} T 960 {m} T 1280 {m} V 2000 H 0 Z" fill="{c}"/>'
FONT = 'font-family="Noto Serif CJK SC,SimSun,serif"'


def svg(width: int, height: int, body: str) -> str:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>\n'


def hills(bottom: int, top: int, middle: int, colour: str) -> str:
    return HILLS.format(b=bottom, t=top, m=middle, c=colour)


def logo(width: int, height: int, name: str, mark: str, ink: str) -> str:
    circle = f'<circle cx="{height / 2}" cy="{height / 2}" r="{height / 2 - 4}" fill="{mark}"/>'
    wave = f'<path d="M10 {height / 2} q 9 -12 18 0 t 18 0" stroke="#fff" stroke-width="3" fill="none"/>'
    text = f'<text x="{height + 8}" y="{height * 0.68}" font-size="{height * 0.52}" {FONT} fill="{ink}">'
    return svg(width, height, f"{circle}{wave}{text}{name}</text>")


def icon(letter: str, colour: str, size: int = 32) -> str:
    text = f'<text x="{size / 2}" y="{size * 0.76}" font-size="{size * 0.7}" text-anchor="middle" {FONT}'
    box = f'<rect width="{size}" height="{size}" rx="{size / 6}" fill="{colour}"/>'
    return svg(size, size, f'{box}{text} fill="#fff">{letter}</text>')


def train(scale: int) -> str:
    """A train on a viaduct before hills; 640 x 360, drawn at `scale`."""
    sky = '<rect width="640" height="360" fill="#bfdcec"/><circle cx="520" cy="70" r="30" fill="#fff3cf"/>'
    land = hills(220, 90, 170, "#8fb3a4") + hills(260, 180, 210, "#5d8f79")
    river = '<rect y="290" width="640" height="70" fill="#4f8fb0"/>'
    river += '<path d="M0 310 h640 M60 330 h400" stroke="#9cc6da"/>'
    piers = "".join(
        f'<rect x="{x}" y="250" width="16" height="70" fill="#8d9296"/>' for x in range(40, 640, 110)
    )
    deck = '<rect y="240" width="640" height="14" fill="#a9aeb2"/>'
    cars = "".join(
        f'<rect x="{x}" y="212" width="20" height="9" fill="#2b4a66"/>' for x in range(110, 500, 34)
    )
    body = '<path d="M90 240 V206 H520 Q575 212 590 240 Z" fill="#f5f7f8"/>'
    body += '<path d="M90 228 H582" stroke="#c33" stroke-width="4"/>'
    scene = f'<g transform="scale({scale})">{sky}{land}{river}{piers}{deck}{body}{cars}</g>'
    return svg(640 * scale, 360 * scale, scene)


def park() -> str:
    """Buildings of an industrial park with lit windows; 640 x 360."""
    parts = ['<rect width="640" height="360" fill="#d9e6f2"/>', hills(240, 130, 200, "#b4cbb9")]
    for x, top, width, colour in (
        (40, 120, 120, "#7f93a8"),
        (190, 70, 90, "#5f7a94"),
        (310, 150, 170, "#90a4b5"),
    ):
        parts.append(f'<rect x="{x}" y="{top}" width="{width}" height="{300 - top}" fill="{colour}"/>')
        for wx in range(x + 10, x + width - 14, 22):
            parts += [
                f'<rect x="{wx}" y="{y}" width="12" height="14" fill="#f4e9b8"/>'
                for y in range(top + 12, 280, 26)
            ]
    parts.append('<path d="M510 300 V170 L570 140 L620 170 V300 Z" fill="#c8705a"/>')
    parts.append('<rect y="300" width="640" height="60" fill="#7d8b74"/>')
    parts.append('<path d="M0 332 H640" stroke="#fff" stroke-dasharray="24 18"/>')
    return svg(640, 360, "".join(parts))


def banner(width: int, height: int, text: str, left: str, right: str) -> str:
    stops = f'<stop stop-color="{left}"/><stop offset="1" stop-color="{right}"/>'
    gradient = f'<defs><linearGradient id="g">{stops}</linearGradient></defs>'
    place = f'x="{width / 2}" y="{height * 0.64}" font-size="{height * 0.38:.0f}" text-anchor="middle"'
    ground = '<rect width="100%" height="100%" fill="url(#g)"/>'
    return svg(width, height, f'{gradient}{ground}<text {place} {FONT} fill="#fff">{text}</text>')


def chequer() -> str:
    """It looks like a QR code and says nothing."""
    cells = [(x, y) for x in range(16) for y in range(16) if (x * 7 + y * 5 + x * y) % 3 == 0]
    squares = "".join(f'<rect x="{x * 4}" y="{y * 4}" width="4" height="4"/>' for x, y in cells)
    return svg(64, 64, f'<rect width="64" height="64" fill="#fff"/>{squares}')


DRAWN = {
    "gov/images/logo.svg": logo(360, 56, "衢州市人民政府", "#b3261e", "#1b5aa6"),
    "gov/images/hills.svg": svg(1280, 300, hills(200, 60, 140, "#dfe8f1") + hills(240, 140, 190, "#e9eff5")),
    "tjj/logo.svg": logo(300, 50, "衢州市统计局", "#f2c14e", "#ffffff"),
    "news/images/logo.svg": logo(220, 48, "信安新闻网", "#d7372c", "#d7372c"),
    "news/images/app.svg": banner(200, 120, "客户端", "#d7372c", "#f08a4b"),
    "lib/logo.svg": logo(280, 52, "信安图书馆", "#8a7449", "#5b4a2a"),
    "favicon.png": icon("例", "#444"),
    "gov/images/icon.png": icon("衢", "#1b5aa6"),
    "gov/images/beian.png": icon("警", "#3b5f8f", 18),
    "gov/images/train.png": train(1),
    "gov/images/train-2x.png": train(2),
    "tjj/icon.png": icon("统", "#0b6b5d"),
    "news/images/icon.png": icon("信", "#d7372c"),
    "news/images/banner.png": banner(960, 80, "衢货进杭年货节　好橘子　好味道", "#d7372c", "#f2a33c"),
    "news/images/park.png": park(),
    "news/images/blank.png": svg(1, 1, '<rect width="1" height="1" fill="#eee"/>'),
    "news/images/qr.png": chequer(),
    "portal/icon.png": icon("浙", "#36c"),
    "portal/logo.png": logo(240, 60, "浙西门户网", "#3366cc", "#3366cc"),
    "portal/line.png": svg(4, 40, '<rect width="4" height="40" fill="#c9dcf5"/>'),
    "portal/ad.png": banner(260, 120, "广告位招租", "#36c", "#7fb2f0"),
    "lib/icon.png": icon("书", "#8a7449"),
}  # fmt: skip


def draw(path: Path, picture: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".svg":
        path.write_text(picture, "utf-8")
        return
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    width, height = re.findall(r'(?:width|height)="(\d+)"', picture)[:2]
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "page.html")
        page.write_text(
            f'<meta charset="utf-8"><style>body{{margin:0}}svg{{display:block}}</style>{picture}', "utf-8"
        )
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--default-background-color=00000000"]
        size = f"--window-size={width},{height}"
        step = [browser, *options, size, f"--screenshot={path}", page.as_uri()]
        subprocess.run(step, check=True, capture_output=True)


def write_attachment() -> None:
    """The numbered tasks of the plan's page, as a table of a Word document."""
    page = (WWW / "gov/zwgk/2021/art_3021.html").read_text("utf-8")
    shape = r"<p>　　(\d+)\.([^。]+)。.*?（牵头单位：([^；]+)；责任单位：([^）]+(?:（[^）]*）[^）]*)*)）</p>"
    document = Document()
    document.core_properties.author, document.core_properties.comments = "", ""
    document.core_properties.created = document.core_properties.modified = datetime(2021, 3, 12, 9, 0)
    document.add_heading("重点任务责任分工表", level=1)
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, word in zip(table.rows[0].cells, ("序号", "任务", "牵头单位", "责任单位"), strict=True):
        cell.text = word
    for row in re.findall(shape, page):
        for cell, word in zip(table.add_row().cells, row, strict=True):
            cell.text = html.unescape(word)
    path = WWW / "gov/files/2021/tasks.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


if __name__ == "__main__":
    for name, picture in DRAWN.items():
        draw(WWW / name, picture)
    write_attachment()
