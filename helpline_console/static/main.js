// The desk: joins the lists, the open conversation, the composer and the live connection.

import * as composer from "./composer.js";
import * as conversation from "./conversation.js";
import * as dialogs from "./dialogs.js";
import { find, show } from "./dom.js";
import * as drafts from "./drafts.js";
import * as keys from "./keys.js";
import * as live from "./live.js";
import * as queue from "./queue.js";
import { ask, Offline, onOffline, onSignedOut } from "./server.js";
import * as signIn from "./sign_in.js";
import { choose, say } from "./words.js";

const RENEW_MS = 30_000;
const TICK_MS = 10_000;
const NOTICE_MS = 6_000;
const WORDS_RETRY_MS = 2_000;

let openId = null;
let opened = null;
let lostWord = null;
let wasConnected = false;

// --- reading the state

// Runs `act`, and once more if it was asked for while running: the last run has seen the last change.
function coalesced(act) {
  let running = null;
  let wanted = false;
  const run = async () => {
    let result;
    try {
      do { wanted = false; result = await act(); } while (wanted);
    } finally { running = null; }
    return result;
  };
  return () => {
    wanted = true;
    running ??= run();
    return running;
  };
}

const readQueue = coalesced(() => guarded(async () => {
  const answer = await ask("GET", "/api/queue");
  if (!answer.ok) return;
  queue.loaded(answer.data);
  renderQueue();
}));

const readConversation = coalesced(() => guarded(async () => {
  const id = openId;
  if (!id) return;
  const answer = await ask("GET", `/api/conversations/${id}`);
  if (id !== openId) return;
  if (answer.ok) shown(answer.data);
  else if (answer.status === 404) vanish(id);
}));

const readAll = async () => (await Promise.all([readQueue(), readConversation()])).every(Boolean);

// Whether `act` got its answers. One that never came has put the live connection in doubt already.
async function guarded(act) {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof Offline) return false;
    throw error;
  }
}

function disconnected() {
  queue.unknown();
  document.body.dataset.connection = "lost";
  find("connection").textContent = say("connection_lost");
  show(find("connection"), true);
  renderQueue();
}

async function connected() {
  const isBack = document.body.dataset.connection === "lost" && wasConnected;
  if (!(await readAll())) return;
  document.body.dataset.connection = "live";
  wasConnected = true;
  show(find("connection"), false);
  if (isBack) notify("connection_back");
}

// --- showing it

const renderQueue = () => queue.render(openId, open);

function shown(data) {
  const fresh = opened?.id !== data.id;
  if (!fresh && opened.claim_is_mine && !data.claim_is_mine) { lose(data.id, "claim_lost"); return; }
  if (data.claim_is_mine) lostWord = null;
  opened = data;
  renderConversation(fresh);
}

function renderConversation(fresh = false) {
  show(find("nothing"), !opened);
  show(find("conversation"), Boolean(opened));
  document.body.dataset.view = opened ? "conversation" : "queue";
  if (!opened) return;
  const isLost = lostWord !== null;
  conversation.render(opened, fresh);
  show(find("lost"), isLost);
  find("lost").textContent = isLost ? say(lostWord) : "";
  show(find("take"), !isLost && opened.route === "waiting");
  for (const id of ["release", "return-to-bot", "close"]) show(find(id), !isLost && opened.claim_is_mine);
  show(find("lower"), !isLost && opened.claim_is_mine && dialogs.canLower(opened.band));
  composer.render({ id: opened.id, isMine: !isLost && opened.claim_is_mine, language: opened.language });
  show(find("peek"), !isLost && !opened.claim_is_mine);
}

function lose(id, word) {
  if (id !== openId || !opened) return;
  lostWord = word;
  renderConversation();
  readQueue();
}

// Taken by somebody else, closed, or deleted by the visitor: what was read is no longer ours to look at.
function vanish(id) {
  if (id !== openId || !opened) return;
  const word = opened.claim_is_mine || lostWord === "claim_lost" ? "claim_lost" : "conversation_gone";
  const nothing = { risk: null, kind: null, flags: [], answers: [] };
  opened = { ...opened, claim_is_mine: false, messages: [], reasons: [], summary: nothing, safety: {} };
  lose(id, word);
}

let noticeTimer;
function notify(word, isProblem = false) {
  const notice = find("notice");
  notice.textContent = word.includes(" ") ? word : say(word);
  notice.dataset.problem = isProblem ? "yes" : "no";
  show(notice, true);
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => show(notice, false), NOTICE_MS);
}

// --- doing

async function open(id) {
  openId = id;
  lostWord = null;
  queue.markRead(id);
  await readConversation();
  renderQueue();
  if (opened?.id !== id) { openId = opened?.id ?? null; notify("conversation_gone", true); readQueue(); return; }
  if (opened.claim_is_mine) composer.focus();
  else find("alias").focus();
}

function leave() {
  openId = null;
  opened = null;
  renderConversation();
  renderQueue();
}

function nowMine(data) {
  openId = data.id;
  lostWord = null;
  shown(data);
  readQueue();
  composer.focus();
  notify("done_taken");
}

const next = () => guarded(async () => {
  const answer = await ask("POST", "/api/queue/next");
  if (answer.status === 200) nowMine(answer.data);
  else if (answer.status === 204) { notify("next_none"); readQueue(); }
  else refused(answer);
});

const take = () => guarded(async () => {
  const answer = await ask("POST", `/api/conversations/${openId}/take`);
  if (answer.ok) nowMine(answer.data);
  else { refused(answer); readAll(); }
});

const finish = (path, word, body) => guarded(async () => {
  const id = openId;
  const answer = await ask("POST", `/api/conversations/${id}/${path}`, body);
  if (answer.status === 409 || answer.status === 404) { lose(id, "claim_lost"); readConversation(); return; }
  if (!answer.ok) { refused(answer); return; }
  drafts.forget(id);
  leave();
  notify(word);
  readQueue();
  find("next").focus();
});

const lower = (band, reason) => guarded(async () => {
  const answer = await ask("POST", `/api/conversations/${openId}/band`, { band, reason });
  if (answer.ok) notify("done_lowered");
  else refused(answer);
  await readAll();
});

function refused(answer) {
  if (answer.status !== 401) notify(answer.data?.detail ?? "action_failed", true);
}

function renew() {
  if (queue.mine().length > 0) guarded(() => ask("POST", "/api/claims/renew"));
}

function changed(kind, id) {
  if (kind === "message" && id !== openId && queue.isMine(id)) queue.markUnread(id);
  readQueue();
  if (id === openId) readConversation();
}

function startDesk() {
  signIn.disappear();
  live.start({ ready: connected, changed, lost: disconnected, signedOut });
}

function signedOut() {
  live.stop();
  document.body.dataset.connection = "unknown";
  signIn.appear({ again: true });
}

// The same operator goes on where the session ended; another one must not find what the first one wrote.
function signedIn(login) {
  if (document.body.dataset.login === login.toLowerCase()) startDesk();
  else location.replace("/");
}

async function signOut() {
  await guarded(() => ask("POST", "/api/logout"));
  location.replace("/");
}

// --- wiring

function listen() {
  find("next").addEventListener("click", next);
  find("take").addEventListener("click", take);
  find("back").addEventListener("click", leave);
  find("release").addEventListener("click", () => finish("release", "done_released"));
  find("return-to-bot").addEventListener("click", () => finish("return-to-bot", "done_returned"));
  find("close").addEventListener("click", dialogs.askEnding);
  find("lower").addEventListener("click", () => dialogs.askBand(opened.band));
  dialogs.listen({
    ended: (outcome) => finish("close", "done_closed", { outcome }),
    lowered: lower,
    changed: () => notify("done_password"),
    pause: live.pause,
    resume: live.resume,
  });
  conversation.listen();
  find("sign-out").addEventListener("click", signOut);
  for (const link of document.querySelectorAll("[data-language]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); switchLanguage(link.dataset.language); });
  }
  window.addEventListener("offline", live.doubt);
  window.addEventListener("online", live.doubt);
  composer.listen({ sent: () => { conversation.toEnd(); readAll(); }, lost: (id) => { lose(id, "claim_lost"); readConversation(); } });
  signIn.listen(signedIn);
  onSignedOut(signedOut);
  onOffline(live.doubt);
  keys.listen({ next, step: queue.step, reply: composer.focus, leave });
  setInterval(renew, RENEW_MS);
  setInterval(renderQueue, TICK_MS);
}

async function switchLanguage(code) {
  try {
    await choose(code);
  } catch {
    notify("action_failed", true);
    return;
  }
  if (document.body.dataset.signedIn !== "yes") return;
  renderQueue();
  await readConversation();
  if (document.body.dataset.connection === "lost") disconnected();
}

// The reasons stand open beside the messages where there is room, and folded above them on a phone.
const roomy = window.matchMedia("(min-width: 64rem)");
const fold = () => { find("side").open = roomy.matches; };
roomy.addEventListener("change", fold);
fold();

// Nothing can be said without words: asks for them until they come.
async function firstWords() {
  for (;;) {
    try {
      return await choose(document.documentElement.lang);
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, WORDS_RETRY_MS); });
    }
  }
}

await firstWords();
listen();
if (document.body.dataset.signedIn === "yes") startDesk();
else signIn.appear({ again: false });
