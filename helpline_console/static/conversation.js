// The open conversation: who it is, what was said, why it is here.

import { find, make, reconcile, show } from "./dom.js";
import { bandChip } from "./queue.js";
import { chosen, flagName, knows, languageName, say } from "./words.js";
import { written } from "./written.js";

const NEAR_END_PIXELS = 80;

// Whether the reader is at the end: then new messages, and a composer that takes room, keep them there.
let isAtEnd = true;
let lastTop = 0;

// Shows what the server answered. `fresh` is true when another conversation was on screen before.
export function render(conversation, fresh) {
  const messages = find("messages");
  if (fresh) isAtEnd = true;
  const lastBefore = fresh ? Infinity : Number(messages.lastElementChild?.dataset.seq ?? 0);
  if (fresh) messages.replaceChildren();
  renderHead(conversation);
  renderSide(conversation);
  const order = conversation.summary.flags.map((flag) => flag.id);
  reconcile(messages, withDays(conversation.messages), (item) => item.key, (item) => built(item, order));
  const visitorWrote = conversation.messages.some((message) => message.seq > lastBefore && message.from === "visitor");
  if (isAtEnd) toEnd();
  else if (visitorWrote) show(find("to-new"), true);
  if (visitorWrote) find("spoken").textContent = say("new_messages");
}

export function toEnd() {
  const messages = find("messages");
  isAtEnd = true;
  messages.scrollTop = messages.scrollHeight;
  show(find("to-new"), false);
}

export function listen() {
  const messages = find("messages");
  messages.addEventListener("scroll", () => {
    const isNear = messages.scrollHeight - messages.scrollTop - messages.clientHeight < NEAR_END_PIXELS;
    // Only scrolling up leaves the end: less room for the messages does not.
    if (isNear || messages.scrollTop < lastTop) isAtEnd = isNear;
    lastTop = messages.scrollTop;
    if (isAtEnd) show(find("to-new"), false);
  });
  messages.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark) toReason(mark);
  });
  new ResizeObserver(() => { if (isAtEnd) toEnd(); }).observe(messages);
  find("to-new").addEventListener("click", toEnd);
}

function renderHead(conversation) {
  find("alias").textContent = conversation.alias;
  const route = conversation.claim_is_mine ? "mine" : conversation.route;
  find("head-facts").replaceChildren(
    bandChip(conversation.band),
    make("span", { text: languageName(conversation.language) }),
    make("span", { text: say(`channel_${conversation.channel}`) }),
    make("span", { class: "route", text: say(`route_${route}`) }),
  );
  show(find("unreachable"), conversation.safety.unreachable);
}

// --- the side list: safety first, then each flag with its reason and the visitor's own words

function renderSide({ summary, safety, reasons }) {
  const facts = [
    ["summary_kind", say(knows(`kind_${summary.kind}`) ? `kind_${summary.kind}` : "kind_unknown")],
    ["summary_risk", say(knows(`risk_${summary.risk}`) ? `risk_${summary.risk}` : "kind_unknown")],
  ];
  const other = reasons.filter((id) => id !== "emergency" && !summary.flags.some((flag) => flag.id === id));
  find("side-count").textContent = summary.flags.length > 0 ? `(${summary.flags.length})` : "";
  find("side-content").replaceChildren(
    make("dl", { class: "summary" }, ...facts.flatMap(([key, value]) => [make("dt", { text: say(key) }), make("dd", { text: value })])),
    make("h3", { text: say("safety_heading") }),
    make("ul", { class: "safety" }, ...safetyLines(safety)),
    ...(summary.flags.length === 0 && other.length === 0 ? [make("p", { class: "hint", text: say("reasons_list_none") })] : []),
    make("ul", { class: "reason-words" }, ...other.map((id) => make("li", { text: flagName(id) }))),
    make("ol", { class: "flags" }, ...summary.flags.map(flagItem)),
    ...(summary.answers.length > 0 ? [make("h3", { text: say("answers_heading") }), make("ul", { class: "answers" }, ...summary.answers.map(answerItem))] : []),
  );
}

function safetyLines(safety) {
  const alarms = { emergency: "safety_emergency", minor: "safety_minor", movement_restricted: "safety_movement" };
  const hints = { easy_language: "safety_easy", disguised: "safety_disguised" };
  const lines = (words, options) =>
    Object.keys(words).filter((name) => safety[name]).map((name) => make("li", { ...options, text: say(words[name]) }));
  return [...lines(alarms, { class: "alarm" }), ...lines(hints, {}), make("li", { text: say("safety_unknown") })];
}

function answerItem({ question, answer, seq }) {
  const text = say(`pressed_answer_${question}_${answer}`);
  return make("li", {}, make("button", { type: "button", class: "quote", text, on: { click: () => toMessage(seq) } }));
}

function toMessage(seq) {
  const target = document.querySelector(`[data-seq="${seq}"]`);
  target?.scrollIntoView({ block: "center" });
  flash(target);
}

function flagItem(flag) {
  return make(
    "li",
    { id: `flag-${flag.id}`, class: flag.withdrawn ? "flag withdrawn" : "flag", "data-strength": flag.strength, tabindex: "-1" },
    make("strong", { text: flag.name }), " ",
    make("span", { class: "strength", text: say(flag.withdrawn ? "flag_withdrawn" : `strength_${flag.strength}`) }),
    make("p", { class: "why", text: flag.why }),
    ...flag.quotes.map((quote) => quoteButton(flag.id, quote)),
  );
}

function quoteButton(flagId, quote) {
  const words = written([{ text: say("reason_quote", { quote: quote.text.trim() }), flags: [] }]);
  return make("button", { type: "button", class: "quote", on: { click: () => toEvidence(flagId, quote.seq) } }, words);
}

function toEvidence(flagId, seq) {
  const mark = [...document.querySelectorAll(`[data-seq="${seq}"] mark`)].find((element) => element.dataset.flags.split(" ").includes(flagId));
  const target = mark ?? document.querySelector(`[data-seq="${seq}"]`);
  target?.scrollIntoView({ block: "center" });
  flash(target);
}

function toReason(mark) {
  const item = find(`flag-${mark.dataset.flags.split(" ")[0]}`);
  find("side").open = true;
  item?.scrollIntoView({ block: "nearest" });
  flash(item);
}

function flash(element) {
  if (!element) return;
  element.classList.remove("flash");
  requestAnimationFrame(() => element.classList.add("flash"));
}

// --- messages

function withDays(messages) {
  const items = [];
  let lastDay = null;
  for (const message of messages) {
    const day = new Date(message.at).toDateString();
    if (day !== lastDay) items.push({ key: `day ${day}`, day: message.at });
    lastDay = day;
    items.push({ key: message.seq, message });
  }
  return items;
}

function built(item, order) {
  if (item.day) return make("li", { class: "day", text: dayOf(item.day) });
  const { message } = item;
  return make(
    "li",
    { class: "message", "data-from": message.from, "data-seq": message.seq },
    make("p", { class: "said-by" }, make("span", { class: "sender", text: say(`sender_${message.from}`) }), " ",
      make("time", { datetime: message.at, text: timeOf(message.at) }), delivery(message)),
    message.pressed === null ? written(message.segments, (id) => order.indexOf(id) + 1) : pressed(message.pressed),
  );
}

// A button is no word of the visitor: its name, and that it was one.
function pressed(name) {
  const text = knows(`pressed_${name}`) ? say(`pressed_${name}`) : name;
  return make("p", { class: "pressed" }, make("span", { class: "hint", text: say("pressed") }), " ", text);
}

function delivery({ from, delivery: state }) {
  if (from === "visitor" || !knows(`delivery_${state}`)) return null;
  return make("span", { class: "delivery", "data-delivery": state, text: say(`delivery_${state}`) });
}

const locale = () => (chosen() === "en" ? "en-GB" : "lv");
const timeOf = (at) => new Date(at).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
const dayOf = (at) => new Date(at).toLocaleDateString(locale(), { weekday: "long", day: "numeric", month: "long" });
