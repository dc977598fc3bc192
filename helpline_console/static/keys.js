// Keys of the desk, by their place on the keyboard: they are the same on Latvian and Cyrillic layouts.

import { isOpen } from "./dialogs.js";
import { find } from "./dom.js";

const isWriting = (target) => target.closest("textarea, input, select, [contenteditable]") !== null;

export function listen({ next, step, reply, leave }) {
  const single = { KeyN: next, KeyR: reply };
  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.signedIn !== "yes" || isOpen()) return;
    if (event.key === "Escape") { escape(event.target, leave); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (event.code in single) { event.preventDefault(); single[event.code](); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (event.target.closest(".messages")) return;
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
}

// Out of the field first (the draft stays), then to the lists.
function escape(target, leave) {
  if (isWriting(target)) find("alias").focus();
  else if (document.querySelector(".queue-card")) leaveToCard(leave);
  else find("next").focus();
}

function leaveToCard(leave) {
  const current = document.querySelector('.queue-card[aria-current="true"]') ?? document.querySelector(".queue-card");
  const key = current.closest("[data-key]").dataset.key;
  leave();
  document.querySelector(`[data-key="${CSS.escape(key)}"] .queue-card`)?.focus();
}
