// Runs before the first paint, so that the page never flashes in the wrong colours.
(() => {
  const asked = new URLSearchParams(location.search);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    // A browser that keeps nothing still gets the system's colours.
  }
  const wanted = asked.get("theme") ?? kept;
  const theme = wanted === "dark" || wanted === "light" ? wanted : dark ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.chrome = asked.get("chrome") === "off" ? "off" : "on";
})();
