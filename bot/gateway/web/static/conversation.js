// The visitor's API. The token lives in this module's memory only: a reload forgets the conversation.

import { current } from "./words.js";

export class Refused extends Error {
  constructor(status, body, retryAfter) {
    super(body.error);
    this.status = status;
    this.detail = body.detail;
    this.retryAfter = retryAfter;
  }
}

export class Conversation {
  #token = null;
  #opening = null;

  get isOpen() {
    return this.#token !== null;
  }

  /** Opens the conversation unless it is open; `wishes` are a language (or null) and whether it is to be easy. */
  open(wishes) {
    this.#opening ??= this.#request("POST", "/v1/conversations", wishes)
      .then((answer) => { this.#token = answer.token; })
      .finally(() => { this.#opening = null; });
    return this.isOpen ? Promise.resolve() : this.#opening;
  }

  send(clientId, text) {
    return this.#request("POST", "/v1/messages", { client_id: clientId, text });
  }

  askForPerson() {
    return this.#request("POST", "/v1/handoff");
  }

  chooseLanguage(language, easy = null) {
    return this.#request("POST", "/v1/language", { language, easy });
  }

  delete() {
    return this.#request("DELETE", "/v1/conversation");
  }

  read(after) {
    return this.#request("GET", `/v1/messages?after=${after}`);
  }

  events(after, signal) {
    return fetch(`/v1/events?after=${after}`, { headers: this.#headers(), signal });
  }

  forget() {
    this.#token = null;
  }

  #headers() {
    const headers = { "Accept-Language": current() };
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`;
    return headers;
  }

  async #request(method, path, body) {
    const headers = this.#headers();
    if (body) headers["Content-Type"] = "application/json";
    const options = { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(15000) };
    const response = await fetch(path, options);
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    throw new Refused(response.status, answer, Number(response.headers.get("Retry-After")) || 0);
  }
}
