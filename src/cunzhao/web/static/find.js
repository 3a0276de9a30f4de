// Titles as one types in the search box, by their characters or their pinyin initials. Without this script
// the search page shows the same.
for (const box of document.querySelectorAll("#q[type=search], #find")) {
  const list = document.createElement("ul");
  list.id = `titles-${box.id}`;
  list.className = "titles-found";
  list.hidden = true;
  list.setAttribute("aria-label", box.dataset.titles || document.title);
  box.setAttribute("autocomplete", "off");
  box.setAttribute("aria-controls", list.id);
  box.form.after(list);
  let asked = 0;

  const show = (titles) => {
    list.replaceChildren(
      ...titles.map((one) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = `/snapshot/${encodeURIComponent(one.snapshot)}`;
        link.textContent = one.title;
        item.append(link);
        return item;
      }),
    );
    list.hidden = titles.length === 0;
  };

  box.addEventListener("input", async () => {
    const mine = ++asked;
    const typed = box.value.trim();
    if (typed.length < 2) return show([]);
    const answer = await fetch(`/api/search/titles?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (mine === asked) show(answer?.ok ? await answer.json() : []);
  });
  for (const part of [box.form, list]) {
    part.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        show([]);
        box.focus();
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || list.hidden) return;
      event.preventDefault();
      const links = [...list.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement) + step;
      (links[at] || box).focus();
    });
  }
}
