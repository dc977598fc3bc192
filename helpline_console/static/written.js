// What a visitor wrote, made visible as it is: evidence marked, hidden characters as chips, never a link, never HTML.

import { make } from "./dom.js";
import { flagName, say } from "./words.js";

const HIDDEN =
  /[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{1bca0}-\u{1bca3}\u{e0000}-\u{e01ef}]|(?<=[\p{L}\p{N}])[\u200c\u200d]/gu;
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

export function written(segments, numberOf) {
  const body = make("bdi", { class: "written", dir: "auto" });
  body.append(...segments.map((segment) => piece(segment, numberOf)));
  return body;
}

function piece(segment, numberOf) {
  if (segment.flags.length === 0) return withChips(document.createDocumentFragment(), segment.text);
  const mark = make("mark", {
    title: say("mark_title", { flags: segment.flags.map(flagName).join(", ") }),
    "data-flags": segment.flags.join(" "),
    "data-numbers": segment.flags.map(numberOf).join(","),
  });
  return withChips(mark, segment.text);
}

function withChips(parent, text) {
  const shown = text.replaceAll("\r", "").replace(PILED_MARKS, "$1");
  let end = 0;
  for (const match of shown.matchAll(HIDDEN)) {
    parent.append(shown.slice(end, match.index), chip(match[0]));
    end = match.index + match[0].length;
  }
  parent.append(shown.slice(end));
  return parent;
}

function chip(character) {
  const code = `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  const name = say("hidden_character", { code });
  return make("span", { class: "chip", role: "img", "aria-label": name, title: name, text: code });
}
