// Says how many charts the browser laid out, for the test that loads this page.
document.documentElement.dataset.charts = Array.from(document.querySelectorAll("figure svg")).filter(
  (svg) => svg.getBoundingClientRect().width > 100 && svg.querySelector("rect, path, line")).length;
