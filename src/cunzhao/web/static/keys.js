// Keys for what is done often. The dialogue in the page tells which there are: a key that is not told does nothing,
// and with shortcuts turned off (settings) neither the dialogue nor this script is there. (WCAG 2.1.4.)
const ROWS = "main ol.links > li, main ol.hits > li, main tbody > tr, main ul.bare > li";
const told = document.querySelector("#all-keys");
let here = null;

const rows = () => [...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility());
const lead = (row) => row?.querySelector("a.title, th a[href], td a[href], a[href]");

// The row's own link has the focus, so that Enter opens it and a screen reader reads it.
function choose(row) {
  if (here) delete here.dataset.here;
  here = row;
  row.dataset.here = "";
  const link = lead(row) ?? row;
  if (link === row) row.tabIndex = -1;
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const held = document.activeElement.closest?.(ROWS) ?? here;
  const at = all.indexOf(held);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  if (next) choose(next);
}

const current = () => document.activeElement.closest?.(ROWS) ?? (here?.isConnected ? here : null);

function go(box, address) {
  if (!box) return location.assign(address);
  box.focus();
  box.select?.();
}

// A list redrawn meanwhile may have lost the row; without one, the page's own tags are meant.
function editTags() {
  const form = (current() ?? document).querySelector("form:has(input[name=tags])[action$='/tags']");
  const folded = form?.closest("details");
  if (folded) folded.open = true;
  form?.elements.tags.focus();
}

function leave() {
  const folded = document.activeElement.closest?.("details[open]");
  if (folded?.closest("main")) {
    folded.open = false;
    folded.querySelector("summary").focus();
  } else if (typing(document.activeElement)) {
    document.activeElement.blur();
  }
}

const ACTS = {
  "/": () => go(document.querySelector("main #q, #find")),
  n: () => go(document.querySelector("#text"), "/#text"),
  j: () => step(1),
  k: () => step(-1),
  x: () => current()?.querySelector("input[type=checkbox]")?.click(),
  o: () => lead(current())?.click(),
  t: editTags,
  "?": () => told.showModal(),
};

const typing = (element) => element.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

// A digit takes the suggested tag of that number.
function suggested(key) {
  const taken = /^[1-9]$/.test(key) && document.querySelector(`.suggested [data-key="${key}"]`);
  if (taken) taken.click();
  return Boolean(taken);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return leave();
  if (typing(event.target) || event.repeat && !"jk".includes(event.key)) return;
  const act = told.querySelector(`[data-key="${CSS.escape(event.key)}"]`) && ACTS[event.key];
  if (act) act();
  if (act || suggested(event.key)) event.preventDefault();
});

const opener = document.querySelector("#keys-open");
opener.hidden = false;
opener.addEventListener("click", () => told.showModal());
told.addEventListener("click", (event) => { if (event.target === told) told.close(); });

// `n` pressed on another page led here.
if (location.hash === "#text") document.querySelector("#text")?.focus();
