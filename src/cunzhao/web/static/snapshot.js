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

function go(link) {
  const place = new URL(link.href).searchParams.get("at")?.match(/^(\d+)-(\d+)$/);
  if (!text || !place) return false;
  const found = highlight(+place[1], +place[2]);
  if (!found.length) return false;
  showPane("text");
  for (const other of document.querySelectorAll("[data-fact][aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  found[0].scrollIntoView({ block: found.length > 6 ? "start" : "center", behavior: calm ? "auto" : "smooth" });
  history.replaceState(null, "", link.href);
  return true;
}

document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a");
  if (!link) return;
  if (link.dataset.pane) {
    showPane(link.dataset.pane);
    history.replaceState(null, "", link.href);
    event.preventDefault();
  } else if ("fact" in link.dataset && go(link)) {
    event.preventDefault();
  }
});

// A page opened at a place: the panel shows the fact that was chosen.
document.querySelector("[data-fact][aria-current]")?.scrollIntoView({ block: "nearest" });
