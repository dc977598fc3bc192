// Builds elements. Text enters the page here, as text: nothing in this console parses a string as HTML.

export const find = (id) => document.getElementById(id);

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name === "on") for (const [kind, act] of Object.entries(value)) element.addEventListener(kind, act);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function show(element, visible) {
  element.hidden = !visible;
}

// Puts the children in place, keeping those whose key and content are the same: scrolling, focus and selection survive.
export function reconcile(parent, items, keyOf, build) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const focused = parent.contains(document.activeElement) ? document.activeElement.closest("[data-key]")?.dataset.key : null;
  const children = items.map((item) => {
    const key = String(keyOf(item));
    const content = JSON.stringify(item) + document.documentElement.lang;
    const kept = old.get(key);
    if (kept?.built === content) return kept;
    const fresh = build(item);
    fresh.dataset.key = key;
    fresh.built = content;
    return fresh;
  });
  if (children.length !== parent.children.length || children.some((child, place) => parent.children[place] !== child)) {
    parent.replaceChildren(...children);
    if (focused && !parent.contains(document.activeElement)) {
      const target = children.find((child) => child.dataset.key === focused);
      (target?.querySelector("button") ?? target)?.focus({ preventScroll: true });
    }
  }
}
