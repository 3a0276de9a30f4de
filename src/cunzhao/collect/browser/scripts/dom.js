// The DOM of one frame as HTML that shows without script what is seen now. `renditions.py` says what it may contain.
// options: { most: characters, blobs: bytes, top: bool, mark: a word that stands nowhere in the page }
// things: some nodes of closed shadow trees, then (from options.owners on) the owners of frames, in the order of
// their marks. Where a frame or picture comes from elsewhere a mark `${mark}-frame-N-` or `${mark}-shot-N-` stands.
async function dom(options, ...things) {
  const getter = (proto, name) => {
    const found = Object.getOwnPropertyDescriptor(proto, name).get;
    return (node) => found.call(node);
  };
  const E = Element.prototype;
  const [first, last, next, previous, kind, parent] = ["firstChild", "lastChild", "nextSibling", "previousSibling", "nodeType", "parentNode"]
    .map((name) => getter(Node.prototype, name));
  const [local, space, attributesOf, shadowOf, prefix] = ["localName", "namespaceURI", "attributes", "shadowRoot", "prefix"].map((name) => getter(E, name));
  const attribute = (node, name) => E.getAttribute.call(node, name);
  const matches = (node, selector) => E.matches.call(node, selector);
  const box = (node) => E.getBoundingClientRect.call(node);
  const page = (name) => getter(Document.prototype, name)(document);
  const baseOf = getter(Node.prototype, "baseURI");
  const value = { input: getter(HTMLInputElement.prototype, "value"), textarea: getter(HTMLTextAreaElement.prototype, "value") };

  const HTML = "http://www.w3.org/1999/xhtml";
  const VOID = new Set("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split(" "));
  const RAW = new Set("style script xmp noembed noframes plaintext".split(" "));
  const NAME = /^[^\s"'<>/=\0]+$/;

  const closed = new Map(); // host -> its closed shadow root
  const owners = new Map(); // element -> number of its frame
  things.forEach((thing, n) => {
    if (n >= options.owners) return owners.set(thing, n - options.owners);
    const root = thing.getRootNode();
    if (root instanceof ShadowRoot) closed.set(root.host, root);
  });
  const rootOf = (element) => shadowOf(element) || closed.get(element) || null;

  const notes = new Set(); // what could not be had
  const shots = []; // pictures to be taken from outside
  let room = options.blobs;

  // ---- what exists only in this page: blob: addresses, canvas, frames of a video
  const blobs = new Map();
  const encode = (bytes) => {
    let text = "";
    for (let n = 0; n < bytes.length; n += 32768) text += String.fromCharCode(...bytes.subarray(n, n + 32768));
    return btoa(text);
  };
  async function fetchBlob(address) {
    try {
      const answer = await Promise.race([fetch(address), new Promise((_, fail) => setTimeout(fail, 1500))]);
      const blob = await answer.blob();
      if (blob.size > room) return void notes.add("blob-too-large");
      room -= blob.size;
      const mime = /^[\w.+/-]+$/.test(blob.type) ? blob.type : "application/octet-stream";
      blobs.set(address, `data:${mime};base64,${encode(new Uint8Array(await blob.arrayBuffer()))}`);
    } catch {
      return; // revoked, or not allowed by the page's policy: a picture may still be drawn
    }
  }
  function wantedBlobs() {
    const found = new Set();
    const look = (text) => {
      if (!text || !text.includes("blob:")) return;
      for (const one of text.matchAll(/blob:[^\s"'()<>\\]+/g)) if (found.size < 200) found.add(one[0]);
    };
    const walk = (top) => {
      for (const element of top.querySelectorAll("*")) {
        if (["video", "audio", "iframe", "script", "a"].includes(local(element))) continue;
        for (const name of ["src", "srcset", "href", "style", "xlink:href", "data", "poster"]) look(attribute(element, name));
        if (local(element) === "style") look(element.textContent);
        const root = rootOf(element);
        if (root) walk(root);
      }
    };
    const count = page("documentElement").getElementsByTagName("*").length;
    if (count > 60000) notes.add("blobs-not-looked-for");
    else walk({ querySelectorAll: (selector) => Document.prototype.querySelectorAll.call(document, selector) });
    return found;
  }
  function drawn(source, width, height, type) {
    if (!(width > 0 && height > 0) || width * height > 17e6) return "";
    try {
      const scale = Math.min(1, 2000 / Math.max(width, height));
      const canvas = document.createElementNS(HTML, "canvas");
      canvas.width = Math.max(1, Math.round(width * scale));
      canvas.height = Math.max(1, Math.round(height * scale));
      canvas.getContext("2d").drawImage(source, 0, 0, canvas.width, canvas.height);
      return kept(canvas.toDataURL(type, 0.9));
    } catch {
      return "";
    }
  }
  function kept(data) {
    if (data.length > room) {
      notes.add("picture-too-large");
      return "";
    }
    room -= data.length;
    return data;
  }
  const inlined = (text) => (text.includes("blob:") ? text.replace(/blob:[^\s"'()<>\\]+/g, (one) => blobs.get(one) || one) : text);

  // ---- writing
  const out = [];
  let size = 0;
  let cut = false;
  const put = (text) => {
    size += text.length;
    if (size > options.most) cut = true;
    else out.push(text);
  };
  const text = (data) => data.replace(/[&<>\u00a0]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;" })[c]);
  const quoted = (data) => data.replace(/[&"<>\u00a0]/g, (c) => ({ "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;" })[c]);
  const raw = (data, tag) => data.replace(new RegExp(`</(?=${tag})`, "gi"), "<\\/");

  // ---- stylesheets as they are in force, where their text does not say it
  function rulesOf(sheet) {
    try {
      return [...sheet.cssRules];
    } catch {
      return null; // another origin's
    }
  }
  const spelled = (rules) => rules.map((rule) => rule.cssText).join("\n");
  function styleText(element) {
    const told = element.textContent || "";
    const sheet = element.sheet;
    if (!sheet) return told;
    const rules = rulesOf(sheet);
    if (!rules) return told;
    if (!told.trim()) return spelled(rules);
    const own = rules.filter((rule) => !(rule instanceof CSSImportRule));
    try {
      const fresh = new CSSStyleSheet();
      fresh.replaceSync(told);
      const before = [...fresh.cssRules];
      const same = before.length === own.length && (told.length > 400000 || before.every((rule, n) => rule.cssText === own[n].cssText));
      return same ? told : spelled(rules);
    } catch {
      return told;
    }
  }
  const adopted = (sheets) => [...sheets].filter((sheet) => !sheet.disabled).map((sheet) => {
    const media = sheet.media.mediaText ? ` media="${quoted(sheet.media.mediaText)}"` : "";
    return `<style data-cunzhao="adopted"${media}>${raw(inlined(spelled(rulesOf(sheet) || [])), "style")}</style>`;
  }).join("");

  // ---- elements
  const LOOKS = ["display", "position", "float", "clear", "width", "height", "top", "left", "right", "bottom", "margin", "padding", "border", "box-sizing",
    "z-index", "opacity", "transform", "object-fit", "vertical-align", "max-width", "max-height", "visibility", "background-color", "border-radius"];
  const looks = (element) => {
    const style = getComputedStyle(element);
    return LOOKS.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";");
  };
  function shot(element) {
    const at = box(element);
    if (!(at.width >= 1 && at.height >= 1) || shots.length >= 8) {
      notes.add("canvas-tainted");
      return "";
    }
    shots.push({ x: at.x + scrollX, y: at.y + scrollY, width: at.width, height: at.height });
    return `${options.mark}-shot-${shots.length - 1}-`;
  }
  function canvasPicture(canvas) {
    const [width, height] = [canvas.width, canvas.height];
    if (!(width > 0 && height > 0) || width * height > 17e6) return "";
    try {
      const data = canvas.toDataURL("image/png");
      if (width * height > 1e6 || data !== blankOf(width, height)) return kept(data);
    } catch {
      return shot(canvas);
    }
    // empty, or WebGL whose buffer is gone: only the screen still has it
    try {
      return canvas.getContext("2d") ? "" : shot(canvas);
    } catch {
      return shot(canvas);
    }
  }
  function blankOf(width, height) {
    const canvas = document.createElementNS(HTML, "canvas");
    canvas.width = width;
    canvas.height = height;
    return canvas.toDataURL("image/png");
  }
  function attributes(element, changed) {
    let told = "";
    const own = attributesOf(element);
    for (let n = 0; n < own.length; n++) {
      const { name } = own[n];
      if (!NAME.test(name) || changed.has(name)) continue;
      told += ` ${name}="${quoted(inlined(own[n].value))}"`;
    }
    for (const [name, now] of changed) if (now !== null) told += ` ${name}="${quoted(now)}"`;
    return told;
  }
  function changesOf(element, tag) {
    const changed = new Map();
    if (tag === "img") changesOfImage(element, changed);
    else if (tag === "input") changesOfInput(element, changed);
    else if (tag === "option") changed.set("selected", element.selected ? "" : null);
    else if (tag === "iframe" || tag === "frame") changesOfFrame(element, changed);
    else if (tag === "video") changesOfVideo(element, changed);
    else if (tag === "style" || tag === "link") {
      if (element.sheet && element.sheet.disabled) changed.set("media", "not all");
    } else if (tag === "template") changed.set("shadowrootmode", null); // one that made no shadow tree
    else if (tag === "dialog" && matches(element, ":modal")) changed.set("data-cunzhao", "modal");
    if (E.hasAttribute.call(element, "popover") && matches(element, ":popover-open")) changed.set("popover", null).set("data-cunzhao", "popover");
    return changed;
  }
  const currently = getter(HTMLImageElement.prototype, "currentSrc");
  function changesOfImage(image, changed) {
    const seen = currently(image);
    if (!seen) return;
    if (seen.startsWith("blob:")) {
      const data = blobs.get(seen) || drawn(image, image.naturalWidth, image.naturalHeight, "image/png");
      if (data) changed.set("src", data).set("srcset", null);
    } else if (!seen.startsWith("data:")) {
      let told = "";
      try { told = new URL(attribute(image, "src") || "", baseOf(image)).href; } catch { told = ""; }
      if (told !== seen) changed.set("src", seen);
      if (told !== seen || E.hasAttribute.call(image, "srcset")) changed.set("data-cunzhao-seen", seen);
    }
  }
  function changesOfInput(input, changed) {
    const type = (attribute(input, "type") || "text").toLowerCase();
    if (type === "password") changed.set("value", null);
    else if (type === "checkbox" || type === "radio") changed.set("checked", input.checked ? "" : null);
    else if (!["file", "hidden", "submit", "reset", "button", "image"].includes(type)) changed.set("value", value.input(input));
  }
  function changesOfFrame(frame, changed) {
    if (!owners.has(frame)) return;
    changed.set("srcdoc", `${options.mark}-frame-${owners.get(frame)}-`);
    const source = attribute(frame, "src") || "";
    if (source.startsWith("blob:")) changed.set("src", null);
  }
  let videos = 0;
  function changesOfVideo(video, changed) {
    const source = video.currentSrc || "";
    if (video.readyState < 2 || videos >= 5 || (attribute(video, "poster") && !video.currentTime && !source.startsWith("blob:"))) return;
    videos++;
    const data = drawn(video, video.videoWidth, video.videoHeight, "image/jpeg");
    if (data) changed.set("poster", data);
    else notes.add("video-frame");
  }

  function open(element, pending) {
    const tag = local(element);
    const html = space(element) === HTML;
    const name = html || !prefix(element) ? tag : `${prefix(element)}:${tag}`;
    if (!NAME.test(name)) return;
    if (html && tag === "canvas") return openCanvas(element);
    if (html && tag === "noscript") return put("<noscript></noscript>"); // was not shown; without script it would be
    if (html && tag === "object" && owners.has(element)) return openObject(element);
    if (html && tag === "link" && openSheet(element)) return;
    const changed = html ? changesOf(element, tag) : new Map();
    put(`<${name}${attributes(element, changed)}>`);
    if (html && VOID.has(tag)) return;
    if (html && tag === "iframe") return put("</iframe>"); // what stands inside was for browsers without frames
    pending.push(`${tag === "head" && html ? headEnd() : ""}</${name}>`);
    if (html && tag === "style") return put(raw(inlined(styleText(element)), "style"));
    if (html && RAW.has(tag)) return put(raw(element.textContent || "", tag));
    if (html && tag === "textarea") return put(`\n${text(value.textarea(element))}`);
    if (html && (tag === "pre" || tag === "listing")) put("\n"); // the parser takes the first line end away
    if (html && tag === "template") return children(element.content, pending);
    if (html && tag === "head" && options.top) put(headStart());
    else if (html && tag === "head") put(frameHead());
    children(element, pending);
    const root = html ? rootOf(element) : null;
    if (root) {
      pending.push(`${adopted(root.adoptedStyleSheets)}</template>`);
      children(root, pending);
      put(`<template shadowrootmode="${root.mode}"${root.delegatesFocus ? ' shadowrootdelegatesfocus=""' : ""}>`);
    }
  }
  function children(node, pending) {
    for (let child = last(node); child; child = previous(child)) pending.push(child);
  }
  function openCanvas(element) {
    const picture = canvasPicture(element);
    const style = `${attribute(element, "style") || ""};${looks(element)}`;
    const changed = new Map([["style", style], ["data-cunzhao", "canvas"]]);
    // without an address it would be no more than its alternative text
    changed.set("src", picture || "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    put(`<img${attributes(element, changed)}>`);
  }
  function openObject(element) {
    const style = `${attribute(element, "style") || ""};${looks(element)}`;
    const changed = new Map([["style", style], ["data-cunzhao", "object"], ["data", null], ["type", null]]);
    changed.set("srcdoc", `${options.mark}-frame-${owners.get(element)}-`);
    put(`<iframe${attributes(element, changed)}></iframe>`);
  }
  function openSheet(link) {
    if (!(attribute(link, "href") || "").startsWith("blob:") || !link.sheet) return false;
    const rules = rulesOf(link.sheet);
    if (rules) put(`<style data-cunzhao="blob"${link.sheet.disabled ? ' media="not all"' : ""}>${raw(inlined(spelled(rules)), "style")}</style>`);
    return Boolean(rules);
  }
  const based = () => Document.prototype.querySelector.call(document, "base[href]");
  function headStart() {
    const timing = performance.getEntriesByType("navigation")[0];
    const bare = (address) => address.replace(/#.*$/, "");
    // the address changed without a navigation (history.pushState): relative names follow it
    const moved = timing && /^https?:/.test(timing.name) && bare(timing.name) !== bare(document.baseURI);
    return topLayer() + (moved && !based() ? `<base href="${quoted(document.baseURI)}" data-cunzhao="added">` : "");
  }
  const frameHead = () => topLayer() + (based() || !/^https?:/.test(document.baseURI) ? "" : `<base href="${quoted(document.baseURI)}" data-cunzhao="added">`);
  function topLayer() {
    if (!Document.prototype.querySelector.call(document, ":modal,:popover-open")) return "";
    return '<style data-cunzhao="top-layer">:where([data-cunzhao=modal],[data-cunzhao=popover]){position:fixed;inset:0;margin:auto;width:fit-content;height:fit-content;'
      + "z-index:2147483647;color:CanvasText;background:Canvas;border:solid;padding:.25em}:where([data-cunzhao=modal]){padding:1em}</style>";
  }
  const headEnd = () => adopted(document.adoptedStyleSheets);

  function write() {
    const type = page("doctype");
    if (type) {
      const ids = type.publicId ? ` PUBLIC "${type.publicId.replace(/["<>]/g, "")}"` : type.systemId ? " SYSTEM" : "";
      const system = type.systemId ? ` "${type.systemId.replace(/["<>]/g, "")}"` : "";
      put(`<!DOCTYPE ${NAME.test(type.name) ? type.name : "html"}${ids}${system}>`);
    }
    const root = page("documentElement");
    if (!root) return;
    const pending = [root];
    while (pending.length && !cut) {
      const item = pending.pop();
      if (typeof item === "string") put(item);
      else if (kind(item) === 1) open(item, pending);
      else if (kind(item) === 3) put(text(item.data));
    }
    while (cut && pending.length) {
      const item = pending.pop();
      if (typeof item === "string" && out.length) out.push(item);
    }
  }

  // ---- text
  function visible() {
    const body = page("body") || page("documentElement");
    if (!body) return "";
    const parts = [innerText(body)];
    const count = page("documentElement").getElementsByTagName("*").length;
    if (count <= 60000) shadows({ querySelectorAll: (s) => Document.prototype.querySelectorAll.call(document, s) }, parts);
    return parts.filter((part) => part.trim()).join("\n");
  }
  const innerText = (element) => {
    try {
      return element instanceof HTMLElement ? getter(HTMLElement.prototype, "innerText")(element) : element.textContent || "";
    } catch {
      return "";
    }
  };
  function shadows(top, parts) {
    for (const element of top.querySelectorAll("*")) {
      const root = rootOf(element);
      if (!root) continue;
      for (const child of root.children) if (!["style", "script", "template"].includes(local(child))) parts.push(innerText(child));
      shadows(root, parts);
    }
  }

  for (const address of wantedBlobs()) await fetchBlob(address);
  write();
  if (cut) notes.add("cut");
  const fine = (told) => told.toWellFormed();
  return {
    html: fine(out.join("")),
    text: fine(visible().slice(0, options.most)),
    title: fine(String(page("title") || "").slice(0, 10000)),
    shots,
    notes: [...notes],
  };
}
