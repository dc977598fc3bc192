// Asks the console's API. An answer that never came is Offline: the state is unknown, not empty.

const DEADLINE_MS = 15_000;

let csrf = document.body.dataset.csrf;
let whenSignedOut = () => {};
let whenOffline = () => {};

export class Offline extends Error {}

export const onSignedOut = (act) => { whenSignedOut = act; };
export const onOffline = (act) => { whenOffline = act; };

export async function ask(method, path, body) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await answered(path, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-store",
  });
  const data = response.status === 204 ? null : await response.json().catch(() => null);
  if (data?.error === "not_signed_in") whenSignedOut();
  return { status: response.status, ok: response.ok, data };
}

async function answered(path, options) {
  const response = await fetch(path, { ...options, signal: AbortSignal.timeout(DEADLINE_MS) }).catch(() => null);
  if (response && (response.status < 500 || path === "/api/login")) return response;
  whenOffline();
  throw new Offline();
}

export const signIn = (login, password) => withNewSession("/api/login", { login, password });

export const changePassword = (old, chosen) => withNewSession("/api/password", { password: old, new_password: chosen });

async function withNewSession(path, body) {
  const answer = await ask("POST", path, body);
  if (answer.ok) csrf = answer.data.csrf;
  return answer;
}
