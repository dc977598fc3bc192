// The field a visitor writes in.

import { word } from "./words.js";

export const TEXT_LIMIT = 4000;
const COUNT_FROM = 3500;

export class Composer {
  #form = document.getElementById("composer");
  #text = document.getElementById("text");
  #counter = document.getElementById("counter");
  #onSend;

  constructor(onSend) {
    this.#onSend = onSend;
    this.#form.addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
    this.#text.addEventListener("input", () => this.#measure());
    this.#text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
  }

  focus() {
    this.#text.focus();
  }

  clear() {
    this.#text.value = "";
    this.#measure();
  }

  /** The counter in the language shown now. */
  retell() {
    this.#measure();
  }

  #send() {
    const text = this.#text.value;
    if (!text.trim() || length(text) > TEXT_LIMIT) return this.focus();
    this.clear();
    this.#onSend(text);
    this.focus();
  }

  #measure() {
    const left = TEXT_LIMIT - length(this.#text.value);
    this.#counter.hidden = left > TEXT_LIMIT - COUNT_FROM;
    this.#counter.textContent = left < 0 ? word("characters_over", -left) : word("characters_left", left);
    this.#counter.classList.toggle("over", left < 0);
    this.#text.setAttribute("aria-invalid", String(left < 0));
    if (CSS.supports("field-sizing", "content")) return;
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight + 2}px`;
  }
}

/** Characters as the server counts them: code points. */
function length(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
