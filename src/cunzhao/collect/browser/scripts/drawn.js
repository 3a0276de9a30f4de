// Ends when the page has been drawn twice with the height it was given (0: any): observers have then been told what
// is in sight, as ours is in the same turn, and once more what is left of it after they had done their work. One that
// is not told in between that its mark went out of sight would never be told that it came back.
// Answers false where that does not come in time.
function drawn(options) {
  const root = Object.getOwnPropertyDescriptor(Document.prototype, "documentElement").get.call(document);
  return new Promise((done) => {
    setTimeout(done, options.limit, false);
    if (!root) return;
    let left = 2;
    const observer = new IntersectionObserver(() => {
      observer.unobserve(root);
      if (!options.height || innerHeight === options.height) left--;
      if (left) observer.observe(root);
      else setTimeout(done, 0, true);
    });
    observer.observe(root);
  });
}
