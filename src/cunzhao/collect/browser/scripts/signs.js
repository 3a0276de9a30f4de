// Signs that a page which rests has not said all: an empty root, 加载中, aria-busy, a timer that fetches.
// Answers {waiting: words for the sign, "" if none; until: milliseconds on the page's clock a timer is due}.
function signs() {
  const query = (selector) => [...Document.prototype.querySelectorAll.call(document, selector)];
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const scripts = [...Object.getOwnPropertyDescriptor(Document.prototype, "scripts").get.call(document)];
  const body = Object.getOwnPropertyDescriptor(Document.prototype, "body").get.call(document);
  if (!scripts.length || !body) return { waiting: "", until: 0 };

  const now = performance.now();
  const timing = performance.getEntriesByType("navigation")[0];
  const begun = timing ? timing.domInteractive : 0;
  let until = 0;
  for (const script of scripts) {
    const text = (script.text || "").slice(0, 50000);
    if (!/\bsetTimeout\b/.test(text) || !/fetch\s*\(|XMLHttpRequest|ajax|axios|\.get\s*\(|\.src\s*=|innerHTML|append|import\s*\(|setAttribute/.test(text)) continue;
    for (const found of text.matchAll(/\bsetTimeout\b[\s\S]{0,3000}?,\s*(\d{2,4})\s*\)/g)) {
      const delay = Number(found[1]);
      if (delay <= 3000) until = Math.max(until, begun + delay + 60);
    }
  }
  if (until <= now) until = 0;

  const busy = query('[aria-busy="true"]').slice(0, 50).some(shown);
  if (busy) return { waiting: "aria-busy", until };
  const words = /^[\s.…·。]*(?:(?:正在|努力|拼命|数据|内容|页面)*(?:加载|载入|读取)中?|请稍[候后等]|(?:now\s+|page\s+|content\s+)?loading|please wait)[\s.…·。!！~,，请稍候后等]*$/i;
  const texts = Document.prototype.createTreeWalker.call(document, body, NodeFilter.SHOW_TEXT);
  for (let n = 0; n < 20000; n++) {
    const node = texts.nextNode();
    if (!node) break;
    const text = node.data;
    if (text.length > 60 || text.length < 3 || !words.test(text)) continue;
    const parent = node.parentElement;
    if (parent && !/^(script|style|noscript|textarea|title)$/i.test(parent.localName) && shown(parent))
      return { waiting: "text", until };
  }
  for (const root of query("#app, #root, #__next, #__nuxt, [data-reactroot], #main-app, app-root").slice(0, 10)) {
    if (!root.innerText.trim() && !root.querySelector("img,canvas,svg,video,iframe")) return { waiting: "empty", until };
  }
  const spinners = '[class*="skeleton" i],[class*="spinner" i],[class~="loading" i],[id="loading" i]';
  for (const element of query(spinners).slice(0, 30)) if (shown(element)) return { waiting: "spinner", until };
  if (!body.innerText.trim() && !body.querySelector("img,canvas,svg,video,iframe,embed,object,input"))
    return { waiting: "empty", until };
  return { waiting: "", until };
}
