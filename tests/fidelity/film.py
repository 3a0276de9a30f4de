"""A film that Chromium can play: recorded by Chromium itself."""

from __future__ import annotations

import base64

from playwright.sync_api import Browser

_RECORD = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 })
  const draw = canvas.getContext('2d')
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm;codecs=vp8' })
  const parts = []
  recorder.ondataavailable = e => parts.push(e.data)
  const done = new Promise(end => (recorder.onstop = end))
  recorder.start()
  for (let n = 0; n < 8; n++) {
    draw.fillStyle = `rgb(${n * 30}, 90, 120)`
    draw.fillRect(0, 0, 64, 48)
    await new Promise(next => setTimeout(next, 40))
  }
  recorder.stop()
  await done
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
  return btoa(String.fromCharCode(...bytes))
}"""


def film(chromium: Browser, padding: int = 1_500_000) -> bytes:
    """A WebM file of `padding` bytes and a little: an EBML Void element makes it long."""
    page = chromium.new_page()
    short = base64.b64decode(page.evaluate(_RECORD))
    page.close()
    return short + b"\xec\x01" + padding.to_bytes(7, "big") + bytes(padding)
