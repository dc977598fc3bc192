// The sign-in form: at the beginning, and again when a session ends while drafts are on the page.

import { find, show } from "./dom.js";
import { Offline, signIn } from "./server.js";
import { say } from "./words.js";

export function listen(signedIn) {
  find("sign-in-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const login = find("login").value.trim();
    const error = await refusal(login, find("password").value);
    find("password").value = "";
    show(find("sign-in-error"), Boolean(error));
    find("sign-in-error").textContent = error ?? "";
    if (error) find("password").focus();
    else signedIn(login);
  });
  // Without this script the browser would send the form by itself.
  find("sign-in-button").disabled = false;
}

async function refusal(login, password) {
  try {
    const answer = await signIn(login, password);
    return answer.ok ? null : answer.data?.detail ?? say("action_failed");
  } catch (error) {
    if (error instanceof Offline) return say("connection_lost");
    throw error;
  }
}

// Asks for the password again; what is on the desk stays, hidden.
export function appear({ again }) {
  show(find("sign-in-again"), again);
  show(find("sign-in"), true);
  show(find("desk"), false);
  document.body.dataset.signedIn = "no";
  find(again ? "password" : "login").focus();
}

export function disappear() {
  show(find("sign-in"), false);
  show(find("desk"), true);
  document.body.dataset.signedIn = "yes";
}
