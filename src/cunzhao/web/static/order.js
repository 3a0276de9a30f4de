// Links of a collection put in order by dragging. Without this script their buttons do the same.
const list = document.querySelector("[data-order]");
const form = document.querySelector("#order");
let held = null;

for (const row of list.children) row.draggable = true;
list.classList.add("dragged-here");

list.addEventListener("dragstart", (event) => {
  held = event.target.closest?.("li[data-link]");
  if (!held || event.target !== held) return void (held = null); // a link or chosen words are dragged elsewhere
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  held.classList.add("held");
});
list.addEventListener("dragover", (event) => {
  if (!held) return;
  event.preventDefault();
  const over = event.target.closest("li[data-link]");
  if (!over || over === held) return;
  const box = over.getBoundingClientRect();
  over[event.clientY > box.top + box.height / 2 ? "after" : "before"](held);
});
list.addEventListener("drop", (event) => event.preventDefault());
list.addEventListener("dragend", () => {
  held?.classList.remove("held");
  held = null;
  const now = [...list.children].map((row) => row.dataset.link);
  const fields = [...form.querySelectorAll("[name=links]")];
  if (fields.every((field, n) => field.value === now[n])) return;
  fields.forEach((field, n) => (field.value = now[n]));
  form.submit();
});
