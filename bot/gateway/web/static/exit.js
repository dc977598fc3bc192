"use strict";
// Loaded before everything else, so that leaving works while the rest is still on its way.
(() => {
  const PRESSES = 3;
  const PRESSES_WITHIN_MS = 5000;
  let presses = [];
  let isShiftAlone = false;

  function leave() {
    const target = document.getElementById("exit")?.href;
    // Blank first: the way to the other site may be slow.
    document.documentElement.replaceChildren();
    window.dispatchEvent(new Event("leaving"));
    if (target) window.location.replace(target);
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#exit")) return;
    event.preventDefault();
    leave();
  });

  window.addEventListener("keydown", (event) => {
    isShiftAlone = event.key === "Shift" && !event.repeat;
    if (!isShiftAlone && event.key !== "Shift") presses = [];
  }, true);

  window.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !isShiftAlone) return;
    const now = performance.now();
    presses = [...presses.filter((at) => now - at < PRESSES_WITHIN_MS), now];
    if (presses.length >= PRESSES) leave();
  }, true);

  // A browser that keeps the page for "back" must not show it again.
  window.addEventListener("pagehide", () => document.documentElement.replaceChildren());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
})();
