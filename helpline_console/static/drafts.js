// What the operator has begun to write, by conversation, in this page's memory only.

const drafts = new Map();

export const textOf = (id) => drafts.get(id)?.text ?? "";

// The client id belongs to the words: sent again unchanged it is the same message, changed it is another one.
export function keep(id, text) {
  if (drafts.get(id)?.text === text) return;
  if (text === "") drafts.delete(id);
  else drafts.set(id, { text, clientId: crypto.randomUUID?.() ?? randomUuid() });
}

export const clientIdOf = (id) => drafts.get(id)?.clientId;

export const forget = (id) => drafts.delete(id);

// A page on plain http that is not loopback has no randomUUID.
function randomUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
