// The visitor's messages on their way: in order, kept until the server has them, always under the same client id.

import { Refused } from "./conversation.js";

const RETRY_MS = 5000;

export class Outgoing {
  #conversation;
  #listener;
  #queue = [];
  #isSending = false;
  #timer = 0;

  /** `listener` has state(item, name, retry), opened(), ended(), problem(sentence or null). */
  constructor(conversation, listener) {
    this.#conversation = conversation;
    this.#listener = listener;
  }

  add(text, item, wishes) {
    this.#queue.push({ clientId: newId(), text, item, wishes });
    this.#listener.state(item, "sending");
    this.retry();
  }

  retry() {
    clearTimeout(this.#timer);
    if (!this.#isSending) this.#sendAll();
  }

  clear() {
    clearTimeout(this.#timer);
    this.#queue = [];
  }

  async #sendAll() {
    this.#isSending = true;
    try {
      while (this.#queue.length) {
        const message = this.#queue[0];
        this.#listener.state(message.item, "sending");
        const isDone = await this.#send(message);
        if (this.#queue[0] !== message) continue;
        if (!isDone) return;
        this.#queue.shift();
      }
    } finally {
      this.#isSending = false;
    }
  }

  async #send(message) {
    try {
      if (!this.#conversation.isOpen) {
        await this.#conversation.open(message.wishes);
        this.#listener.opened();
      }
      await this.#conversation.send(message.clientId, message.text);
      this.#listener.state(message.item, "sent");
      this.#listener.problem(null);
      return true;
    } catch (error) {
      return this.#failed(message, error);
    }
  }

  #failed(message, error) {
    const isRefused = error instanceof Refused;
    if (isRefused && error.status === 401 && this.#conversation.isOpen) {
      this.#listener.ended();
      this.retryAfter(0);
      return false;
    }
    this.#listener.problem(isRefused ? error.detail : "");
    if (isRefused && [400, 413].includes(error.status)) {
      this.#listener.state(message.item, "not_sent");
      return true;
    }
    for (const unsent of this.#queue) this.#listener.state(unsent.item, "not_sent", () => this.retry());
    this.retryAfter(isRefused && error.retryAfter ? error.retryAfter * 1000 : RETRY_MS);
    return false;
  }

  retryAfter(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.retry(), milliseconds);
  }
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Pages without TLS (a test installation in a local network) have no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
