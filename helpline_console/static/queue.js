// The two lists: who waits, and what is mine.

import { find, make, reconcile, show } from "./dom.js";
import { counted, flagName, languageName, say } from "./words.js";

const MOST_REASONS = 3;

let lists = { waiting: [], mine: [] };
let loadedAt = null;
let isKnown = false;
const unread = new Set();

export const mine = () => lists.mine;
export const isMine = (id) => lists.mine.some((card) => card.id === id);
export const markUnread = (id) => unread.add(id);
export const markRead = (id) => unread.delete(id);

export function loaded(fresh) {
  lists = fresh;
  loadedAt = Date.now();
  isKnown = true;
}

export function unknown() {
  isKnown = false;
}

export function render(openId, open) {
  const build = (item) => card(item, open);
  const withState = (entry) => ({ ...entry, minutes: minutes(entry), unread: unread.has(entry.id), open: entry.id === openId });
  reconcile(find("waiting"), lists.waiting.map(withState).map(({ waiting_seconds, ...rest }) => rest), (item) => item.id, build);
  reconcile(find("mine"), lists.mine.map(withState).map(({ waiting_seconds, minutes: _, ...rest }) => rest), (item) => item.id, build);
  state(find("queue-state"), lists.waiting, "queue_empty", "queue_unknown", "queue_order");
  state(find("mine-state"), lists.mine, "mine_empty", "mine_unknown", null);
  const count = find("waiting-count");
  show(count, true);
  count.textContent = isKnown ? counted("waiting_count", lists.waiting.length) : say("waiting_count_unknown");
  count.dataset.some = isKnown && lists.waiting.length > 0 ? "yes" : "no";
}

function state(element, cards, empty, unknownWord, order) {
  const word = !isKnown ? unknownWord : cards.length === 0 ? empty : order;
  show(element, word !== null);
  element.dataset.unknown = isKnown ? "no" : "yes";
  if (word) element.textContent = isKnown || !loadedAt ? say(word) : `${say(word)} (${asOf()})`;
}

export const asOf = () =>
  say("connection_as_of", { time: new Date(loadedAt).toLocaleTimeString("lv", { hour: "2-digit", minute: "2-digit" }) });

const minutes = (entry) => Math.floor((entry.waiting_seconds + (Date.now() - loadedAt) / 1000) / 60);

function card(item, open) {
  const button = make(
    "button",
    { type: "button", class: "queue-card", "data-band": item.band, "aria-current": item.open ? "true" : null, on: { click: () => open(item.id) } },
    make("span", { class: "card-top" }, bandChip(item.band), make("span", { class: "card-alias", text: item.alias }),
      item.minutes === undefined ? null : make("span", { class: "card-wait", text: waitedFor(item.minutes) })),
    make("span", { class: "card-reasons" }, ...reasons(item)),
    make("span", { class: "card-facts" }, make("span", { text: languageName(item.language) }),
      make("span", { text: say(`channel_${item.channel}`) }),
      item.unreachable ? make("span", { class: "card-alarm", text: say("card_unreachable") }) : null,
      item.unread ? make("span", { class: "card-unread", text: say("unread") }) : null),
  );
  return make("li", {}, button);
}

export function bandChip(band) {
  const word = say(`band_${band}`);
  return make("span", { class: "band", "data-band": band, title: say("band_title", { band: word }), text: word });
}

const waitedFor = (count) => (count < 1 ? say("waiting_under_minute") : say("waiting_minutes", { minutes: count }));

function reasons(item) {
  if (item.reasons.length === 0) return [make("span", { class: "no-reason", text: say("reasons_none") })];
  const shown = item.reasons.slice(0, MOST_REASONS).map((id) => make("span", { class: "reason", text: flagName(id) }));
  const more = item.reasons.length - shown.length;
  return more > 0 ? [...shown, make("span", { class: "reason-more", text: say("reasons_more", { count: more }) })] : shown;
}

// Arrow keys walk through both lists as if they were one.
export function step(direction) {
  const cards = [...document.querySelectorAll(".queue-card")];
  if (cards.length === 0) return;
  const place = cards.indexOf(document.activeElement);
  const target = place < 0 ? (direction > 0 ? 0 : cards.length - 1) : Math.min(Math.max(place + direction, 0), cards.length - 1);
  cards[target].focus();
}
