// The page's words in all languages, and the language it shows now.

const all = JSON.parse(document.getElementById("words").textContent);
let language = document.documentElement.lang;

export function current() {
  return language;
}

export function word(name, count) {
  const text = all[language][name];
  return count === undefined ? text : text.replace("{count}", String(count));
}

/** Shows `element` the word `name` now and after every change of the language. */
export function say(element, name) {
  element.dataset.word = name;
  element.textContent = word(name);
}

export function show(next) {
  if (!(next in all)) return;
  language = next;
  document.documentElement.lang = next;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", word(element.dataset.wordLabel));
  }
  for (const element of document.querySelectorAll("[data-word-placeholder]")) {
    element.placeholder = word(element.dataset.wordPlaceholder);
  }
  for (const button of document.querySelectorAll("#languages button")) {
    button.setAttribute("aria-pressed", String(button.value === next));
  }
}
