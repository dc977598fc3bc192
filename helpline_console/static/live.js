// Listens to what changes. Any doubt (an error, a failed request, silence) ends the connection and begins another one:
// until that says it is ready, the state is unknown.

const SILENCE_MS = 40_000;
const RETRY_MS = 2_000;
const KINDS = ["message", "route", "queue"];

let handlers = null;
let source = null;
let watchdog = null;
let retry = null;

// Handlers: ready(), changed(kind, conversation id), lost(), signedOut().
export function start(given) {
  handlers = given;
  open();
}

export function stop() {
  handlers = null;
  close();
}

// While the session is exchanged: the old one's end is no reason to ask for the password.
export const pause = () => close();

export function resume() {
  if (handlers) open();
}

export function doubt() {
  if (!handlers) return;
  close();
  handlers.lost();
  retry = setTimeout(open, RETRY_MS);
}

function open() {
  close();
  source = new EventSource("/api/events");
  const heard = (kind, act) => source.addEventListener(kind, (event) => { alive(); act(event); });
  heard("alive", () => {});
  heard("ready", () => handlers.ready());
  for (const kind of KINDS) heard(kind, (event) => handlers.changed(kind, JSON.parse(event.data).conversation_id));
  heard("signed_out", () => handlers.signedOut());
  source.addEventListener("error", doubt);
  alive();
}

function close() {
  clearTimeout(watchdog);
  clearTimeout(retry);
  source?.close();
  source = null;
}

function alive() {
  clearTimeout(watchdog);
  watchdog = setTimeout(doubt, SILENCE_MS);
}
