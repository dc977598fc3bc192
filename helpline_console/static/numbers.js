// Numbers to give: a press puts a block of the directory, in the visitor's language, into the answer.

import { find, make } from "./dom.js";
import { ask, Offline } from "./server.js";
import { chosen } from "./words.js";

const DEFAULT_LANGUAGE = "lv";
const known = new Map();

export async function render(visitorLanguage, insert) {
  const language = visitorLanguage ?? DEFAULT_LANGUAGE;
  const key = `${language} ${chosen()}`;
  try {
    if (!known.has(key)) known.set(key, (await ask("GET", `/api/numbers/${language}`)).data);
  } catch (error) {
    if (error instanceof Offline) return;
    throw error;
  }
  const list = find("number-list");
  if (list.dataset.shown === key) return;
  list.dataset.shown = key;
  list.replaceChildren(...known.get(key).map(({ need, title, text }) =>
    make("li", {}, make("button", { type: "button", "data-need": need, title: text, text: title, on: { click: () => insert(text) } }))));
}
