// Comfort on the snapshot page: change panes and go to a fact without loading again. The links work alone.
const text = document.querySelector("#pane-text");

function showPane(name) {
  for (const tab of document.querySelectorAll("[data-pane]")) {
    const chosen = tab.dataset.pane === name;
    document.querySelector(`#pane-${tab.dataset.pane}`).hidden = !chosen;
    if (chosen) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

// Facts are cut into marks at every boundary, so those between start and end are the place, exactly.
function highlight(start, end) {
  for (const mark of text.querySelectorAll(".at")) mark.classList.remove("at");
  const found = [...text.querySelectorAll("[data-s]")].filter((m) => +m.dataset.s >= start && +m.dataset.e <= end);
  for (const mark of found) mark.classList.add("at");
  return found;
}

// The frozen page is sandboxed: it is asked for again, with the place marked. (A new frame adds no history.)
function markInPage(place) {
  const frame = document.querySelector("#pane-view [data-view]");
  const address = `${frame.dataset.view}?at=${place}#cunzhao-mark`;
  if (frame.getAttribute("src") === address) return;
  const fresh = frame.cloneNode();
  fresh.src = address;
  frame.replaceWith(fresh);
}

function markInText(place) {
  const found = highlight(...place.split("-").map(Number));
  if (!found.length || document.querySelector("#pane-text").hidden) return found.length > 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  found[0].scrollIntoView({ block: found.length > 6 ? "start" : "center", behavior: calm ? "auto" : "smooth" });
  return true;
}

function go(link) {
  const place = new URL(link.href).searchParams.get("at");
  const view = document.querySelector("#pane-view");
  if (!text || !/^\d+-\d+$/.test(place ?? "")) return false;
  const paper = view.querySelector(".sheets"), page = view.querySelector("[data-view]");
  if (!view.hidden && paper) return false;
  if (view.hidden || !page) showPane("text");
  if (!markInText(place) && view.hidden) return false;
  if (page) markInPage(place);
  const where = link.dataset.fact;
  document.querySelector(".tabs .hint").textContent = where ? `所选文字在原件${where}` : "";
  for (const other of document.querySelectorAll("[data-fact][aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  const address = new URL(link.href);
  if (!view.hidden) address.searchParams.set("pane", "view");
  else address.searchParams.delete("pane");
  history.replaceState(null, "", address);
  return true;
}

document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a");
  if (!link) return;
  if (link.dataset.pane) {
    showPane(link.dataset.pane);
    const address = new URL(location.href);
    address.searchParams.set("pane", link.dataset.pane);
    history.replaceState(null, "", address);
    document.querySelector("#pane-text:not([hidden]) .at")?.scrollIntoView({ block: "center" });
    event.preventDefault();
  } else if ("fact" in link.dataset && go(link)) {
    event.preventDefault();
  }
});

// A page opened at a place: the panel shows the fact that was chosen.
document.querySelector("[data-fact][aria-current]")?.scrollIntoView({ block: "nearest" });
