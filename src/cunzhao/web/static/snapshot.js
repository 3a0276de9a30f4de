// Comfort on the snapshot page: change panes and go to a fact without loading again. The links work alone.
const text = document.querySelector("#pane-text");

// What is looked at seldom is fetched when it is. (A frame or the text that is not there means: load the page.)
async function fetchPane(link) {
  const answer = await fetch(link.href).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const pane = page?.querySelector(`#pane-${link.dataset.pane}`);
  if (!pane) return location.assign(link.href);
  document.querySelector("#left").append(document.adoptNode(pane));
  return choosePane(link);
}

function choosePane(link) {
  if (!document.querySelector(`#pane-${link.dataset.pane}`)) return fetchPane(link);
  showPane(link.dataset.pane);
  const address = new URL(location.href);
  address.searchParams.set("pane", link.dataset.pane);
  history.replaceState(null, "", address);
  document.querySelector("#pane-text:not([hidden]) .at")?.scrollIntoView({ block: "center" });
}

function showPane(name) {
  for (const tab of document.querySelectorAll("[data-pane]")) {
    const chosen = tab.dataset.pane === name;
    const pane = document.querySelector(`#pane-${tab.dataset.pane}`);
    if (pane) pane.hidden = !chosen;
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
  const { top, bottom } = fresh.getBoundingClientRect();
  if (bottom < 80 || top > innerHeight - 80) document.querySelector("#left").scrollIntoView(); // on a phone the list is below
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
  const where = link.dataset.fact, said = document.querySelector(".tabs").dataset.at;
  document.querySelector(".tabs .hint").textContent = where ? said.replace("#", where) : "";
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
    choosePane(link);
    event.preventDefault();
  } else if ("fact" in link.dataset && go(link)) {
    event.preventDefault();
  }
});

// A page opened at a place: the panel shows the fact that was chosen.
document.querySelector("[data-fact][aria-current]")?.scrollIntoView({ block: "nearest" });
