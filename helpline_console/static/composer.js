// The answer to the visitor: a draft per conversation that only a successful send empties.

import { find, show } from "./dom.js";
import * as drafts from "./drafts.js";
import * as numbers from "./numbers.js";
import { ask, Offline } from "./server.js";
import { languageName, say } from "./words.js";

const limit = Number(document.body.dataset.limit);
const sendingOf = new Set();
const failureOf = new Map();

let openId = null;
let canSend = false;

// Shows the composer for a conversation: to write when it is mine, to rescue a draft when it no longer is.
export function render({ id, isMine, language }) {
  const field = find("draft");
  if (openId !== id) field.value = drafts.textOf(id);
  openId = id;
  canSend = isMine;
  show(find("composer"), isMine || drafts.textOf(id) !== "");
  show(find("peek"), !isMine);
  find("composer-note").textContent = say("composer_note", { visitor_language: languageName(language) });
  if (isMine) numbers.render(language, insert);
  renderState();
}

export function renderState() {
  const text = find("draft").value;
  const length = [...text.trim()].length;
  const isSending = sendingOf.has(openId);
  find("send").disabled = !canSend || isSending || length === 0 || length > limit;
  find("draft-count").textContent = length > 0 ? say("composer_count", { count: length, limit }) : "";
  find("draft-count").dataset.over = length > limit ? "yes" : "no";
  const state = find("send-state");
  const failure = failureOf.get(openId);
  state.dataset.failed = failure ? "yes" : "no";
  state.textContent = isSending ? say("sending") : failure ? say(failure) : text ? say("draft_kept") : "";
}

// Puts a text at the cursor, on lines of its own.
export function insert(text) {
  const field = find("draft");
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const gap = before === "" || before.endsWith("\n") ? "" : "\n\n";
  field.value = `${before}${gap}${text}\n${after}`;
  field.selectionStart = field.selectionEnd = before.length + gap.length + text.length + 1;
  field.focus();
  field.dispatchEvent(new Event("input"));
  find("numbers").open = false;
}

export function focus() {
  if (!find("composer").hidden) find("draft").focus();
}

export function listen({ sent, lost }) {
  find("draft").addEventListener("input", () => {
    drafts.keep(openId, find("draft").value);
    failureOf.delete(openId);
    renderState();
  });
  find("draft").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!find("send").disabled) find("composer").requestSubmit();
    }
  });
  find("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!find("send").disabled) send(openId, find("draft").value, { sent, lost });
  });
}

async function send(id, text, { sent, lost }) {
  drafts.keep(id, text);
  sendingOf.add(id);
  failureOf.delete(id);
  renderState();
  try {
    const answer = await ask("POST", `/api/conversations/${id}/messages`, { client_id: drafts.clientIdOf(id), text });
    if (answer.ok) delivered(id, text, sent);
    else if (answer.status === 409 || answer.status === 404) lost(id);
    else failureOf.set(id, "action_failed");
  } catch (error) {
    if (!(error instanceof Offline)) throw error;
    failureOf.set(id, "send_failed");
  } finally {
    sendingOf.delete(id);
    renderState();
  }
}

function delivered(id, text, sent) {
  // What was typed while the message was on its way stays.
  if (drafts.textOf(id) === text) drafts.forget(id);
  if (openId === id && find("draft").value === text) find("draft").value = "";
  sent(id);
}
