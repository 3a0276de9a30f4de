// Comfort on pages with jobs: live progress, a box that grows. Without it the page has a refresh link.
const WORDS = { waiting: "等待", running: "正在保存", done: "已保存", failed: "失败", known: "已有" };
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
}

// What is dragged onto the page: addresses come into the box, files into the form that imports them.
if (box) {
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (event.target.closest?.("input, textarea")) return;
    event.preventDefault();
    const { files } = event.dataTransfer;
    if (files.length) {
      const into = document.querySelector("#files");
      into.files = files;
      into.closest("details").open = true;
      into.focus();
      return;
    }
    const said = event.dataTransfer.getData("text/uri-list") || event.dataTransfer.getData("text/plain");
    box.value = [box.value.trimEnd(), said].filter(Boolean).join("\n");
    box.dispatchEvent(new Event("input"));
    box.focus();
  });
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function showItem(row, item) {
  if (!row || row.className === item.state) return;
  row.className = item.state;
  row.querySelector(".state").textContent = WORDS[item.state];
  const what = row.querySelector(".what");
  const url = what.querySelector(".url");
  if (item.snapshot && url.tagName !== "A") {
    const link = element("a", "url", url.textContent);
    link.href = `/snapshot/${encodeURIComponent(item.snapshot)}`;
    url.replaceWith(link);
  }
  const outcome = what.querySelector(".outcome");
  if (outcome && item.verdict) {
    const job = row.closest(".job").dataset;
    const engine = item.engine ? JSON.parse(job.engines)[item.engine] ?? item.engine : "";
    outcome.replaceChildren(
      element("span", `verdict ${item.verdict}`, JSON.parse(job.verdicts)[item.verdict] ?? item.verdict),
      " ",
      element("small", "", item.attachments ? `${engine} 附件 ${item.attachments} 个` : engine),
    );
  }
  if (item.error) what.append(element("span", "why", `${item.error.message}。${item.error.mend}`));
}

function showJob(section, job) {
  const ended = job.items.filter((item) => ["done", "failed", "known"].includes(item.state)).length;
  const failed = job.items.filter((item) => item.state === "failed").length;
  section.querySelector("progress").value = ended;
  section.querySelector("[data-ended]").textContent = ended;
  section.querySelector("[data-failed]").textContent = failed ? `，${failed} 条失败` : "";
  const paused = section.querySelector("[data-paused]");
  paused.hidden = !job.paused;
  paused.textContent = job.paused ? `${job.paused.message}。${job.paused.mend}有空间后会自动继续。` : "";
  section.querySelector("b").textContent = job.stopped ? "已停止" : job.paused ? "已暂停" : "正在存照";
  for (const item of job.items) showItem(section.querySelector(`[data-n="${item.n}"]`), item);
  return { ended, over: ended === job.items.length };
}

// The list and the tags are asked for again as the server draws them; what was ticked stays ticked.
async function renewList() {
  const list = document.querySelector("#links");
  if (!list || list.querySelector("details.edit[open]")) return;
  const ticked = new Set([...list.querySelectorAll("input:checked")].map((input) => input.value));
  const answer = await fetch(location.href.split("#")[0]);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of ["#links", ".side"]) {
    const old = document.querySelector(selector);
    const made = fresh.querySelector(selector);
    if (old && made) old.replaceWith(document.adoptNode(made));
  }
  for (const input of document.querySelectorAll("#links input[name=s]")) input.checked = ticked.has(input.value);
}

// Some failed: the server's form that asks for them again comes under the list.
async function offerRetry(section) {
  const answer = await fetch(location.href.split("#")[0]);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = fresh.getElementById(section.id)?.querySelector(".retry");
  if (form && !section.querySelector(".retry")) section.append(document.adoptNode(form));
}

async function follow(section) {
  section.querySelector(".again")?.remove();
  let seen = -1;
  for (;;) {
    const answer = await fetch(`/api/jobs/${encodeURIComponent(section.dataset.job)}`).catch(() => null);
    if (answer?.ok) {
      const { ended, over } = showJob(section, await answer.json());
      if (ended !== seen && seen >= 0) await renewList();
      seen = ended;
      if (over) {
        section.querySelector("b").textContent = "存照结束";
        section.querySelector(".control")?.remove();
        await offerRetry(section);
        return renewList();
      }
    } else if (answer && answer.status === 404) {
      return undefined;
    }
    await new Promise((resume) => setTimeout(resume, PAUSE));
  }
}

for (const section of document.querySelectorAll("[data-job][data-open]")) follow(section);
