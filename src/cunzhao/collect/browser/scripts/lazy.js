// Images that still show a placeholder although a lazy attribute names the real one: name it, so that it is fetched.
// Answers how many were set.
function lazy(options) {
  const get = (proto, name) => Object.getOwnPropertyDescriptor(proto, name).get;
  const query = (selector) => [...Document.prototype.querySelectorAll.call(document, selector)];
  const attribute = (node, name) => Element.prototype.getAttribute.call(node, name) || "";
  const SRC = ["data-src", "data-original", "data-lazy-src", "data-lazyload", "data-lazy", "data-echo", "data-url",
    "data-actualsrc", "data-real-src", "data-ks-lazyload", "data-img", "data-image", "lay-src", "lazy-src",
    "lazysrc", "_src", "src2", "original", "real_src"];
  const SET = ["data-srcset", "data-lazy-srcset", "data-original-set"];
  const BACK = ["data-bg", "data-background", "data-background-image", "data-bg-src"];
  const named = /\.(jpe?g|png|gif|webp|svg|bmp|avif)([?#]|$)/i;
  const blank = /(^|[^a-z])(blank|placeholder|loading|lazy|lazyload|spacer|pixel|transparent|default|grey|gray|holder|empty|1x1)[^/]*$/i;
  const like = (value) => value.length < 4000 && !/[\s{}<>]/.test(value) && /[./]/.test(value) && !/^(javascript|data):/i.test(value);
  const currently = get(HTMLImageElement.prototype, "currentSrc");
  const width = get(HTMLImageElement.prototype, "naturalWidth");
  const images = query("img").slice(0, options.most);
  const shared = new Map();
  for (const image of images) shared.set(currently.call(image), (shared.get(currently.call(image)) || 0) + 1);
  let set = 0;
  const absolute = (value) => { try { return new URL(value, document.baseURI).href; } catch { return ""; } };

  for (const image of images) {
    let source = "";
    for (const name of SRC) {
      const value = attribute(image, name).trim();
      if (value && like(value) && (named.test(value) || name !== "data-url")) { source = value; break; }
    }
    const candidates = SET.map((name) => attribute(image, name).trim()).find((value) => value) || "";
    if (!source && !candidates) continue;
    const now = currently.call(image) || attribute(image, "src");
    const placeholder = !now || now.startsWith("data:") || blank.test(now) || (image.complete && width.call(image) <= 2) || shared.get(now) > 1;
    if (!placeholder || (source && absolute(source) === now)) continue;
    if (candidates && !attribute(image, "srcset")) image.setAttribute("srcset", candidates);
    if (source) {
      if (!candidates) image.removeAttribute("srcset");
      image.setAttribute("src", source);
    }
    image.setAttribute("loading", "eager");
    set++;
  }
  for (const element of query(BACK.map((name) => `[${name}]`).join(",")).slice(0, options.most)) {
    const value = BACK.map((name) => attribute(element, name).trim()).find((each) => each) || "";
    const plain = value.replace(/^url\(\s*['"]?|['"]?\s*\)$/gi, "");
    if (!named.test(plain) || !like(plain)) continue;
    if (getComputedStyle(element).backgroundImage !== "none") continue;
    element.style.backgroundImage = `url("${absolute(plain).replace(/["\\\n]/g, encodeURIComponent)}")`;
    set++;
  }
  return set;
}
