// Questions before an act: how it ended, how urgent it is, which password.

import { find, make, show } from "./dom.js";
import { Offline, changePassword } from "./server.js";
import { say } from "./words.js";

const BANDS = ["red", "orange", "yellow", "grey"];

export const isOpen = () => document.querySelector("dialog[open]") !== null;

export const askEnding = () => find("closing").showModal();

export function askBand(current) {
  const lower = BANDS.slice(BANDS.indexOf(current) + 1);
  find("lower-bands").replaceChildren(...lower.map((band, place) =>
    make("label", {}, make("input", { type: "radio", name: "band", value: band, required: true, checked: place === 0 }), " ", say(`band_${band}`))));
  find("lowering").showModal();
}

export const canLower = (band) => BANDS.indexOf(band) < BANDS.length - 1;

// ended(outcome), lowered(band, reason) and changed() act on the answers; pause() and resume() stand around a change
// of the password, which ends every session and begins one.
export function listen({ ended, lowered, changed, pause, resume }) {
  for (const button of document.querySelectorAll("[data-cancel]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  onAnswer("closing-form", (answers) => ended(answers.get("outcome")));
  onAnswer("lowering-form", (answers) => lowered(answers.get("band"), answers.get("reason")));
  find("change-password").addEventListener("click", () => find("password-dialog").showModal());
  find("password-form").addEventListener("submit", (event) => {
    event.preventDefault();
    savePassword({ changed, pause, resume });
  });
}

function onAnswer(formId, act) {
  const form = find(formId);
  form.addEventListener("submit", () => {
    const answers = new FormData(form);
    form.reset();
    act(answers);
  });
}

async function savePassword({ changed, pause, resume }) {
  pause();
  const error = await refusal();
  resume();
  show(find("password-error"), Boolean(error));
  find("password-error").textContent = error ?? "";
  if (error) return;
  find("password-form").reset();
  find("password-dialog").close();
  show(find("one-time"), false);
  changed();
}

async function refusal() {
  try {
    const answer = await changePassword(find("password-old").value, find("password-new").value);
    return answer.ok ? null : answer.data?.detail ?? say("action_failed");
  } catch (error) {
    if (error instanceof Offline) return say("connection_lost");
    throw error;
  }
}
