// The console's words in the chosen language, and everything on the page that carries one.

let words = {};
let language = document.documentElement.lang;

export const chosen = () => language;

export async function choose(code) {
  const response = await fetch(`/words/${code}`, { cache: "no-store" });
  if (!response.ok) throw new Error("words");
  words = await response.json();
  language = code;
  // A language in the address would win over the cookie when the page is loaded again.
  history.replaceState(null, "", "/");
  document.documentElement.lang = code;
  relabel();
}

export function say(key, values = {}) {
  const word = words[key];
  if (word === undefined) return key;
  return word.replace(/\{([a-z_]+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

export const knows = (key) => key in words;

export const flagName = (id) =>
  id === "emergency" ? say("reason_emergency") : knows(`flag_${id}`) ? say(`flag_${id}`) : id;

export const languageName = (code) => (knows(`language_${code}`) ? say(`language_${code}`) : "–");

export function counted(key, count) {
  const form = count === 0 ? "none" : count === 1 ? "one" : "many";
  return say(`${key}_${form}`, { count });
}

function relabel() {
  const carriers = { "data-word": null, "data-word-label": "aria-label", "data-word-title": "title", "data-word-placeholder": "placeholder" };
  for (const [carrier, attribute] of Object.entries(carriers)) {
    for (const element of document.querySelectorAll(`[${carrier}]`)) {
      const word = say(element.getAttribute(carrier));
      if (attribute) element.setAttribute(attribute, word);
      else element.textContent = word;
    }
  }
  for (const link of document.querySelectorAll("[data-language]")) {
    if (link.dataset.language === language) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
