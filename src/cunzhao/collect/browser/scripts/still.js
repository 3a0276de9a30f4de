// Back to the top, and nothing moves: for the renditions, which are all of one moment as far as it can be had.
async function still(options) {
  window.scrollTo(0, 0);
  const query = (selector) => [...Document.prototype.querySelectorAll.call(document, selector)];
  for (const marquee of query("marquee").slice(0, 100)) if (marquee.stop) marquee.stop();
  for (const media of query("video,audio").slice(0, 100)) media.pause();
  for (const animation of Document.prototype.getAnimations.call(document).slice(0, 2000)) {
    try {
      const time = animation.effect && animation.effect.getComputedTiming().endTime;
      if (Number.isFinite(time)) animation.finish();
      else animation.pause();
    } catch {
      continue; // an animation without an end or a target
    }
  }
  // events of scrolling and of the viewport's size come with the next frame
  const frame = () => new Promise((done) => (requestAnimationFrame(done), setTimeout(done, 100)));
  await frame();
  await frame();
  const fonts = Object.getOwnPropertyDescriptor(Document.prototype, "fonts").get.call(document);
  await Promise.race([fonts.ready, new Promise((done) => setTimeout(done, options.fonts))]);
}
