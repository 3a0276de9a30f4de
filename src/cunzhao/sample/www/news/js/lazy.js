// Pictures are loaded as they come near, as on the sites this one stands for.
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) { target.src = target.dataset.src; near.unobserve(target); }
  }
}, { rootMargin: "200px" });
document.querySelectorAll("img.lazy").forEach((image) => near.observe(image));
