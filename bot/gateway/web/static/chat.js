// Puts the page together: what is written goes out, what is new comes in, one state line says who answers.

import { Composer } from "./composer.js";
import { Conversation, Refused } from "./conversation.js";
import { News } from "./news.js";
import { Outgoing } from "./outgoing.js";
import { Transcript } from "./transcript.js";
import { current, say, show } from "./words.js";

const HELD = { none: "held_none", bot: "held_bot", waiting: "held_bot", human: "held_human", closed: "held_human" };
const TYPING_MS = 8000;

const element = (id) => document.getElementById(id);
const conversation = new Conversation();
const transcript = new Transcript(press);
const composer = new Composer(write);
const outgoing = new Outgoing(conversation, {
  state: (item, name, retry) => transcript.mark(item, name, retry),
  opened: () => { news.follow(); setRoute("bot"); },
  ended: () => { conversation.forget(); news.stop(); transcript.note("ended"); setRoute("none"); },
  problem: showProblem,
});
const news = new News(conversation, {
  message: receive,
  route: setRoute,
  gone: () => finish(),
  connected: (isNow) => {
    if (isNow === isConnected) return;
    isConnected = isNow;
    showProblem(isNow ? null : "");
    if (isNow) outgoing.retry();
  },
});

let chosen = null;
let isEasy = false;
let route = "none";
let isConnected = true;
let wordAtEnd = "ended";
let typingTimer = 0;

function write(text) {
  outgoing.add(text, transcript.addOwn(text), wishes());
  expectAnswer();
}

function press(title, payload) {
  if (payload === "/delete") wordAtEnd = "deleted";
  if (["/easy", "/ordinary"].includes(payload)) showEasy(payload === "/easy");
  outgoing.add(payload, transcript.addOwn(title), wishes());
  expectAnswer();
}

function receive(message) {
  if (message.from === "visitor") return;
  expectNothing();
  if (!chosen && message.language && message.language !== current()) show(message.language);
  // Asked for in words: the answer then offers the way back.
  if (message.buttons.some((button) => button.payload === (isEasy ? "/easy" : "/ordinary"))) showEasy(!isEasy);
  transcript.add(message);
}

/** What the visitor chose before there is a conversation. */
function wishes() {
  return { language: chosen, easy: isEasy };
}

function showEasy(isOn) {
  isEasy = isOn;
  document.documentElement.classList.toggle("easily", isOn);
  element("easy").setAttribute("aria-pressed", String(isOn));
  say(element("easy"), isOn ? "easy_off" : "easy_on");
}

function expectAnswer() {
  if (!["none", "bot"].includes(route)) return;
  transcript.showTyping(true);
  clearTimeout(typingTimer);
  typingTimer = setTimeout(expectNothing, TYPING_MS);
}

function expectNothing() {
  clearTimeout(typingTimer);
  transcript.showTyping(false);
}

function setRoute(next) {
  if (next !== "bot") expectNothing();
  route = next;
  say(element("route"), `route_${next}`);
  say(element("held"), HELD[next]);
  element("route").dataset.route = next;
  element("person").hidden = ["waiting", "human"].includes(next);
  element("alone").hidden = next !== "waiting";
}

function showProblem(sentence) {
  const line = element("connection");
  line.hidden = sentence === null;
  if (sentence) {
    delete line.dataset.word;
    line.textContent = sentence;
  } else if (sentence === "") {
    say(line, "not_sent_help");
  }
}

/** The conversation does not exist any more, whoever deleted it. */
function finish(name = wordAtEnd) {
  wordAtEnd = "ended";
  conversation.forget();
  news.stop();
  outgoing.clear();
  expectNothing();
  transcript.clear();
  transcript.note(name);
  setRoute("none");
  showProblem(null);
}

async function askForPerson() {
  transcript.toEnd();
  try {
    if (!conversation.isOpen) {
      await conversation.open({ language: chosen ?? current(), easy: isEasy });
      news.follow();
    }
    await conversation.askForPerson();
    showProblem(null);
  } catch (error) {
    showProblem(error instanceof Refused ? error.detail : "");
  }
}

async function deleteEverything() {
  element("confirm").hidden = true;
  try {
    if (conversation.isOpen) await conversation.delete();
  } catch (error) {
    if (error.status !== 401) return showProblem(error instanceof Refused ? error.detail : "");
  }
  composer.clear();
  finish("deleted");
  composer.focus();
}

async function choose(language) {
  chosen = language;
  show(language);
  composer.retell();
  if (conversation.isOpen) await conversation.chooseLanguage(language).catch(() => showProblem(""));
}

element("languages").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) choose(button.value);
});
element("easy").addEventListener("click", () => {
  showEasy(!isEasy);
  if (conversation.isOpen) conversation.chooseLanguage(chosen ?? current(), isEasy).catch(() => showProblem(""));
});
element("person").addEventListener("click", askForPerson);
element("alone").addEventListener("click", () => press(element("alone").textContent, "/alone"));
element("delete").addEventListener("click", () => { element("confirm").hidden = false; element("confirm-no").focus(); });
element("confirm-no").addEventListener("click", () => { element("confirm").hidden = true; element("delete").focus(); });
element("confirm-yes").addEventListener("click", deleteEverything);
window.addEventListener("online", () => outgoing.retry());
window.addEventListener("leaving", () => { conversation.forget(); news.stop(); outgoing.clear(); });

setRoute("none");
