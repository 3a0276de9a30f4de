"""Pictures of pages as small PNG files: a palette of the 256 commonest colours, made in the browser itself."""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Page

#: Five bits of each channel name a colour; each pixel gets its own, or the nearest of the commonest.
PALETTE = """async (png) => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const { width, height } = picture, area = width * height;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const counts = new Uint32Array(32768), sums = [0, 1, 2].map(() => new Float64Array(32768));
  const key = (i) => (data[i] >> 3 << 10) | (data[i + 1] >> 3 << 5) | (data[i + 2] >> 3);
  for (let i = 0; i < area * 4; i += 4) {
    const k = key(i);
    counts[k]++;
    sums.forEach((sum, c) => { sum[k] += data[i + c]; });
  }
  const used = [...counts.keys()].filter((k) => counts[k]).sort((a, b) => counts[b] - counts[a]);
  const colours = used.slice(0, 256).map((k) => sums.map((sum) => Math.round(sum[k] / counts[k])));
  const nearest = new Uint8Array(32768);
  used.forEach((k, n) => {
    const own = sums.map((sum) => sum[k] / counts[k]);
    const far = (colour) => colour.reduce((all, value, c) => all + (value - own[c]) ** 2, 0);
    nearest[k] = n < 256 ? n : colours.reduce((best, colour, m) => far(colour) < far(colours[best]) ? m : best, 0);
  });
  const rows = new Uint8Array((width + 1) * height);
  for (let p = 0; p < area; p++) rows[p + Math.floor(p / width) + 1] = nearest[key(p * 4)];
  let text = "";
  for (let i = 0; i < rows.length; i += 32768) text += String.fromCharCode(...rows.subarray(i, i + 32768));
  return { width, height, colours: colours.flat(), rows: btoa(text) };
}"""


def small_png(darkroom: Page, png: bytes) -> bytes:
    """The picture with at most 256 colours. `darkroom` is any page that may run our script."""
    made = darkroom.evaluate(PALETTE, base64.b64encode(png).decode())
    head = struct.pack(">IIBBBBB", made["width"], made["height"], 8, 3, 0, 0, 0)
    rows = zlib.compress(base64.b64decode(made["rows"]), 9)
    parts = ((b"IHDR", head), (b"PLTE", bytes(made["colours"])), (b"IDAT", rows), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


#: A picture is taken when the pictures in sight have come.
ARRIVED = """() => Promise.all([document.fonts.ready, ...[...document.images].filter((image) => {
  const { top, bottom } = image.getBoundingClientRect();
  return image.checkVisibility() && bottom >= 0 && top < innerHeight && !image.complete;
}).map((image) => new Promise((come) => { image.onload = image.onerror = come; }))]).then(() => null)"""


class Camera:
    """Takes what a window shows; remembers what was taken and what it shows, in order."""

    def __init__(self, darkroom: Page, folder: Path) -> None:
        self.darkroom = darkroom
        self.folder = folder
        self.taken: list[tuple[str, str]] = []

    def take(self, page: Page, name: str, shows: str) -> None:
        page.evaluate(ARRIVED)
        png = page.screenshot(animations="disabled", caret="hide")
        (self.folder / f"{name}.png").write_bytes(small_png(self.darkroom, png))
        self.taken.append((name, shows))
