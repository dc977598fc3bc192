// Listens to what changes. Silence longer than two heartbeats is a lost connection: then the state is unknown.

const SILENCE_MS = 40_000;
const RETRY_MS = 2_000;
const KINDS = ["message", "route", "queue"];

let source = null;
let watchdog = null;
let retry = null;

export function listen({ ready, changed, lost, signedOut }) {
  stop();
  source = new EventSource("/api/events");
  const again = () => {
    lost();
    clearTimeout(retry);
    if (source?.readyState === EventSource.CLOSED) retry = setTimeout(() => listen({ ready, changed, lost, signedOut }), RETRY_MS);
  };
  const alive = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => { source?.close(); again(); }, SILENCE_MS);
  };
  source.addEventListener("ready", () => { alive(); ready(); });
  source.addEventListener("alive", alive);
  for (const kind of KINDS) source.addEventListener(kind, (event) => { alive(); changed(kind, JSON.parse(event.data).conversation_id); });
  source.addEventListener("signed_out", () => { stop(); signedOut(); });
  source.addEventListener("error", again);
}

export function stop() {
  clearTimeout(watchdog);
  clearTimeout(retry);
  source?.close();
  source = null;
}
