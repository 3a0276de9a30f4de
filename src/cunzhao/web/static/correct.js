// Comfort for correcting: forms open in a dialog, and selected text offers what it may be marked as.
// Without script each form is a page of its own.
const dialog = document.createElement("dialog");
dialog.className = "correct";
document.body.append(dialog);

function fill(html) {
  const form = new DOMParser().parseFromString(html, "text/html").querySelector("form.correction[method=post]");
  if (!form) return false;
  dialog.setAttribute("aria-label", form.querySelector("h1").textContent);
  dialog.replaceChildren(document.adoptNode(form));
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector("[aria-invalid]") ?? dialog.querySelector("input:not([type=hidden]), select, textarea")).focus();
  return true;
}

async function open(address) {
  const answer = await fetch(address).catch(() => null);
  if (!answer || !fill(await answer.text())) location.assign(address);
}

dialog.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
  if (answer?.redirected) location.assign(`${answer.url}#place`);
  else if (!answer || !fill(await answer.text())) form.submit();
});

dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest(".cancel")) {
    event.preventDefault();
    dialog.close();
  }
});

document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a[data-form]");
  if (!link) return;
  event.preventDefault();
  open(link.href);
});

// --- marking what was missed ----------------------------------------------------------------------

const text = document.querySelector("#pane-text");
const bar = document.querySelector("#mark-bar");

// Where an end of the selection stands in the document's text: blocks tell where they begin.
function offsetOf(node, at) {
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("#pane-text [data-at]");
  if (!block) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, at);
  return Number(block.dataset.at) + [...before.toString()].length;
}

function offer() {
  const selection = getSelection();
  bar.hidden = true;
  if (selection.isCollapsed || !selection.toString().trim()) return;
  const chosen = selection.getRangeAt(0);
  const start = offsetOf(chosen.startContainer, chosen.startOffset);
  const end = offsetOf(chosen.endContainer, chosen.endOffset);
  if (start === null || end === null || start >= end) return;
  for (const link of bar.querySelectorAll("a")) {
    const address = new URL(link.href);
    address.searchParams.set("at", `${start}-${end}`);
    link.href = address;
  }
  bar.hidden = false;
  const rects = [...chosen.getClientRects()];
  const last = rects.at(-1) ?? chosen.getBoundingClientRect();
  const room = innerHeight - last.bottom - bar.offsetHeight;
  bar.style.top = `${room > 12 ? last.bottom + 6 : Math.max(6, rects[0].top - bar.offsetHeight - 6)}px`;
  bar.style.left = `${Math.max(6, Math.min(last.left, innerWidth - bar.offsetWidth - 12))}px`;
}

if (text && bar) {
  let pressed = false;
  document.addEventListener("pointerdown", (event) => { pressed = !bar.contains(event.target); });
  document.addEventListener("pointerup", () => { pressed = false; setTimeout(offer); });
  document.addEventListener("selectionchange", () => { if (!pressed && !bar.contains(document.activeElement)) offer(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") bar.hidden = true; });
  text.addEventListener("scroll", () => { bar.hidden = true; }, { passive: true });
}
