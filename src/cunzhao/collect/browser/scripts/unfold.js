// What a reader would do to see the whole page: open <details>, scroll what scrolls, let events tell lazy loaders.
// Answers how tall the page is (CSS pixels) and how much of it is still on its way.
async function unfold(options) {
  const get = (proto, name) => {
    const getter = Object.getOwnPropertyDescriptor(proto, name).get;
    return (node) => getter.call(node);
  };
  const query = (selector) => [...Document.prototype.querySelectorAll.call(document, selector)];
  const root = get(Document.prototype, "documentElement")(document);
  const body = get(Document.prototype, "body")(document);
  if (!root) return { height: 0, ready: false, scripts: 0, pending: 0, grown: 0, added: 0 };

  if (!globalThis.cunzhaoSeen) {
    // childList only: carousels change styles for ever, what is loaded adds elements
    const seen = (globalThis.cunzhaoSeen = { last: performance.now(), added: 0, opened: new WeakSet(), scrolled: new WeakSet() });
    new MutationObserver((records) => {
      for (const record of records)
        for (const node of record.addedNodes)
          if (node.nodeType === 1 && node.localName !== "script" && node.localName !== "style") {
            seen.last = performance.now();
            seen.added++;
            return;
          }
    }).observe(document, { childList: true, subtree: true });
  }
  const seen = globalThis.cunzhaoSeen;

  for (const details of query("details:not([open])").slice(0, 2000)) {
    if (seen.opened.has(details)) continue; // a page that closes it again is left alone
    seen.opened.add(details);
    details.removeAttribute("name"); // of an accordion only one could stand open
    details.setAttribute("open", "");
  }

  // containers that scroll by themselves: many pages of one screen's height keep all they say in one
  const inner = [];
  let tallest = Math.max(root.scrollHeight, body ? body.scrollHeight : 0);
  const all = get(Document.prototype, "documentElement")(document).getElementsByTagName("*");
  for (let n = 0; n < all.length && n < options.elements; n++) {
    const element = all[n];
    const room = element.clientHeight;
    if (room < 100 || element === body) continue;
    const tall = element.scrollHeight;
    if (tall <= room + 20) continue;
    if (!/auto|scroll|overlay/.test(getComputedStyle(element).overflowY)) continue;
    tallest = Math.max(tallest, root.scrollHeight - room + tall);
    if (options.inner && inner.length < 5 && !seen.scrolled.has(element)) inner.push(element);
  }
  if (options.scroll) {
    window.scrollTo(0, tallest); // one real step: the viewport is a little lower than the page
    // for those that listen without a step to be seen; from the document it reaches the window too
    Node.prototype.dispatchEvent.call(document, new Event("scroll", { bubbles: true }));
  }
  const ends = performance.now() + 4000; // where nothing is drawn, steps are not waited for for ever
  const frame = () =>
    new Promise((done) => {
      requestAnimationFrame(() => setTimeout(done)); // after the frame, not amid it
      setTimeout(done, Math.max(0, Math.min(1000, ends - performance.now())));
    });
  for (const element of inner) {
    seen.scrolled.add(element);
    const step = Math.max(element.clientHeight, element.scrollHeight / 20);
    for (let top = step; top < element.scrollHeight; top += step) {
      element.scrollTop = top;
      await frame();
    }
  }
  let pending = 0;
  for (const image of get(Document.prototype, "images")(document)) if (!image.complete) pending++;
  return {
    height: Math.ceil(Math.min(tallest, 1e7)),
    ready: get(Document.prototype, "readyState")(document) === "complete",
    scripts: get(Document.prototype, "scripts")(document).length,
    pending,
    grown: Math.round(performance.now() - seen.last), // milliseconds since an element was added
    added: seen.added, // how often that was
  };
}
