// What stands in the log. Everything anybody wrote reaches the page through textContent only.

import { say } from "./words.js";

const NEAR_END_PX = 120;

export class Transcript {
  #log = document.getElementById("log");
  #scroller = document.getElementById("scroller");
  #below = document.getElementById("below");
  #typing = null;

  constructor(onButton) {
    this.onButton = onButton;
    this.#below.addEventListener("click", () => this.toEnd());
    this.#scroller.addEventListener("scroll", () => { if (this.#isNearEnd()) this.#below.hidden = true; });
  }

  /** A message from the other side. */
  add(message) {
    const item = this.#item(message.from, message.text, message.language);
    if (message.buttons.length) item.append(this.#buttons(message));
    this.#typing?.remove();
    this.#append(item);
  }

  /** The visitor's own message; the returned item takes its state through `mark`. */
  addOwn(text) {
    const item = this.#item("visitor", text, null);
    const state = document.createElement("span");
    state.className = "state";
    item.append(state);
    this.#retireButtons();
    this.#append(item);
    this.toEnd();
    return item;
  }

  /** Says beside an own message where it stands; `retry` puts a button there. */
  mark(item, name, retry) {
    item.classList.toggle("unsent", name === "not_sent");
    const state = item.querySelector(".state");
    state.replaceChildren();
    const words = document.createElement("span");
    say(words, name);
    state.append(words);
    if (!retry) return;
    const button = document.createElement("button");
    button.type = "button";
    say(button, "retry");
    button.addEventListener("click", retry, { once: true });
    state.append(button);
  }

  /** A line of the page itself: a word of the page, or a sentence that the server sent. */
  note(name, sentence) {
    const item = document.createElement("li");
    item.className = "note lines";
    if (sentence) item.textContent = sentence;
    else say(item, name);
    this.#append(item);
  }

  showTyping(isTyping) {
    if (isTyping && !this.#typing?.isConnected) {
      this.#typing = document.createElement("li");
      this.#typing.className = "typing";
      this.#typing.setAttribute("aria-hidden", "true");
      say(this.#typing, "typing");
      this.#append(this.#typing);
    }
    if (!isTyping) this.#typing?.remove();
  }

  clear() {
    this.#log.replaceChildren();
    this.#below.hidden = true;
  }

  #item(from, text, language) {
    const item = document.createElement("li");
    item.className = `message from-${from}`;
    const author = document.createElement("span");
    author.className = "author";
    say(author, `from_${from}`);
    const words = document.createElement("p");
    words.className = "lines";
    words.dir = "auto";
    if (language) words.lang = language;
    words.textContent = text;
    item.append(author, words);
    return item;
  }

  #buttons(message) {
    const row = document.createElement("div");
    row.className = "buttons";
    for (const { title, payload } of message.buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = title;
      if (message.language) button.lang = message.language;
      button.addEventListener("click", () => this.onButton(title, payload));
      row.append(button);
    }
    return row;
  }

  #retireButtons() {
    for (const row of this.#log.querySelectorAll(".buttons")) row.classList.add("past");
  }

  #append(item) {
    const wasNearEnd = this.#isNearEnd();
    if (this.#typing?.isConnected && item !== this.#typing) this.#typing.before(item);
    else this.#log.append(item);
    if (wasNearEnd) this.#bringIntoView(item);
    else this.#below.hidden = false;
  }

  #isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  /** A long answer is read from its beginning: its first line stays on the screen. */
  #bringIntoView(item) {
    const top = item.offsetTop - this.#scroller.offsetTop - 8;
    const end = this.#scroller.scrollHeight - this.#scroller.clientHeight;
    this.#scroller.scrollTop = Math.min(top, end);
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#below.hidden = true;
  }
}
