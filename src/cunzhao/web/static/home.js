// Comfort on pages with links and jobs: live progress, a box that grows, dropping, suggested tags, what is chosen.
// Without it forms and links do the same. It holds no words: they come with the pages.
const PAUSE = 1000;

const box = document.querySelector("#text");
if (box) {
  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  };
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) box.form.requestSubmit();
  });
  if (box.value) grow();
}

// What is dragged onto the page: addresses come into the box, files into the form that imports them.
if (box) {
  const area = box.closest(".add");
  const foreign = (event) => ["Files", "text/uri-list", "text/plain"].some((kind) => event.dataTransfer?.types.includes(kind));
  document.addEventListener("dragover", (event) => {
    if (!foreign(event)) return;
    event.preventDefault();
    area.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) area.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    area.classList.remove("over");
    if (event.target.closest?.("input, textarea")) return;
    event.preventDefault();
    const { files } = event.dataTransfer;
    if (files.length) {
      const into = document.querySelector("#files");
      into.files = files;
      const listing = document.querySelector("#link-files"); // of addresses, perhaps: the button says which is meant
      const ends = listing.accept.split(",");
      const listed = [...files].every(({ name }) => ends.some((end) => name.toLowerCase().endsWith(end)));
      if (listed) listing.files = files;
      else listing.value = "";
      into.closest("details").open = true;
      into.focus();
      return;
    }
    const list = event.dataTransfer.getData("text/uri-list").split("\n").filter((line) => !line.startsWith("#"));
    const said = list.join("\n").trim() || event.dataTransfer.getData("text/plain");
    box.value = [box.value.trimEnd(), said].filter(Boolean).join("\n");
    box.dispatchEvent(new Event("input"));
    box.focus();
  });
}

async function fetched(address) {
  const answer = await fetch(address).catch(() => null);
  if (!answer) return null;
  return { status: answer.status, page: answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null };
}

// --- progress -------------------------------------------------------------------------------------

// The parts of a job as the server draws them now; the frame stays, with what is open and how far it is scrolled.
function renew(section, fresh) {
  for (const part of ["summary", "ol", ":scope > .why", ":scope > .control", ":scope > .retry"]) {
    const [old, made] = [section.querySelector(part), fresh.querySelector(part)];
    if (old && made && old.innerHTML === made.innerHTML) continue;
    const held = old?.contains(document.activeElement) && document.activeElement !== old;
    if (held && made) continue; // somebody is about to press it
    const top = old?.scrollTop ?? 0;
    if (old && made) old.replaceWith(document.adoptNode(made));
    else if (made) section.append(document.adoptNode(made));
    else old?.remove();
    if (top) section.querySelector(part).scrollTop = top;
  }
  section.querySelector(".again")?.remove();
}

// The list and the tags are asked for again as the server draws them; what was ticked stays ticked.
async function renewList() {
  const list = document.querySelector("#links");
  if (!list || list.querySelector("details.edit[open]")) return;
  const ticked = new Set([...list.querySelectorAll("ol.links input:checked")].map((input) => input.value));
  const found = await fetched(location.href.split("#")[0]);
  if (!found?.page) return;
  for (const selector of ["#links", ".side"]) {
    const old = document.querySelector(selector);
    const made = found.page.querySelector(selector);
    if (old && made) old.replaceWith(document.adoptNode(made));
  }
  for (const input of document.querySelectorAll("ol.links input[type=checkbox]")) input.checked = ticked.has(input.value);
  count();
}

async function follow(section) {
  section.querySelector(".again")?.remove();
  let seen = null;
  for (;;) {
    const found = await fetched(section.dataset.from);
    const fresh = found?.page?.querySelector("[data-job]");
    if (fresh) {
      renew(section, fresh);
      const ended = section.querySelector("progress").value;
      if (seen !== null && ended !== seen) await renewList();
      seen = ended;
      if (!("open" in fresh.dataset)) {
        section.removeAttribute("data-open");
        return renewList();
      }
    } else if (found && found.status === 404) {
      return undefined;
    }
    await new Promise((resume) => setTimeout(resume, PAUSE));
  }
}

for (const section of document.querySelectorAll("[data-job][data-open]")) follow(section);

// --- what is chosen -------------------------------------------------------------------------------

function count() {
  const words = document.querySelector(".chosen [data-many]");
  if (!words) return;
  const many = document.querySelectorAll("ol.links input[type=checkbox]:checked").length;
  if (many) words.textContent = words.dataset.many.replace("#", many);
}

// Shift chooses all between this row and the one before.
let last = null;
document.addEventListener("click", (event) => {
  const tick = event.target.closest?.("ol.links input[type=checkbox]");
  if (!tick) return;
  const all = [...document.querySelectorAll("ol.links input[type=checkbox]")];
  if (event.shiftKey && last?.isConnected) {
    const [from, to] = [all.indexOf(last), all.indexOf(tick)].sort((a, b) => a - b);
    for (const one of all.slice(from, to + 1)) one.checked = tick.checked;
  }
  last = tick;
  count();
});
document.addEventListener("reset", () => setTimeout(count));
count();

// --- suggested tags -------------------------------------------------------------------------------

// Opened, the form for tags asks what the document itself suggests; a button, or Alt with its digit, takes one.
async function suggest(form) {
  if (form.dataset.asked) return;
  form.dataset.asked = "yes";
  const answer = await fetch(`/api/links/${encodeURIComponent(form.dataset.link)}/suggestions`).catch(() => null);
  const found = answer?.ok ? await answer.json() : [];
  form.append(
    ...found.slice(0, 9).map((one, n) => {
      const button = document.createElement("button");
      const key = document.createElement("kbd");
      key.textContent = n + 1;
      Object.assign(button, { className: "tag", name: "tag", value: one.tag, title: one.words });
      button.setAttribute("formaction", `/links/${encodeURIComponent(form.dataset.link)}/accept`);
      button.append(key, ` ${one.tag}`);
      return button;
    }),
  );
}

document.addEventListener("toggle", (event) => {
  const form = event.target.open && event.target.querySelector?.(":scope > form.tagging");
  if (form && event.target.matches("[data-tags]")) suggest(form);
}, true);

document.addEventListener("keydown", (event) => {
  const digit = event.altKey && /^Digit([1-9])$/.exec(event.code)?.[1];
  const form = digit && event.target.closest?.("form.tagging");
  const button = form && form.querySelectorAll("button.tag")[digit - 1];
  if (!button) return;
  event.preventDefault();
  button.click();
});
