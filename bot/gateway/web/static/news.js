// Brings what is new: a stream of events, and plain reading wherever a stream does not come through.

const FIRST_BYTES_MS = 5000;
const SILENCE_MS = 40000;
const READING_PAUSE_MS = 3000;
const LONGEST_PAUSE_MS = 5000;
const SILENT_STREAMS = 2;
const READINGS_PER_STREAM = 20;

export class News {
  #conversation;
  #listener;
  #after = 0;
  #abort = null;

  /** `listener` has message(m), route(r), gone(), and connected(isConnected). */
  constructor(conversation, listener) {
    this.#conversation = conversation;
    this.#listener = listener;
  }

  /** Follows the conversation until it is gone or `stop` is called. */
  async follow() {
    this.stop();
    this.#after = 0;
    const abort = (this.#abort = new AbortController());
    let silent = 0;
    let lost = 0;
    while (!abort.signal.aborted) {
      const isStreamDue = silent < SILENT_STREAMS || silent % READINGS_PER_STREAM === 0;
      silent = isStreamDue && (await this.#stream(abort)) ? 0 : silent + 1;
      const wasRead = !abort.signal.aborted && (await this.#read(abort));
      // A connection that is gone says nothing about streams: they are tried again when it is back.
      lost = wasRead ? 0 : lost + 1;
      if (!wasRead) silent = 0;
      await pause(wasRead ? silent && READING_PAUSE_MS : Math.min(1000 * lost, LONGEST_PAUSE_MS), abort.signal);
    }
  }

  stop() {
    this.#abort?.abort();
    this.#abort = null;
  }

  async #stream(abort) {
    const attempt = new AbortController();
    const end = () => attempt.abort();
    abort.signal.addEventListener("abort", end);
    let silence = setTimeout(end, FIRST_BYTES_MS);
    let hasSpoken = false;
    try {
      const response = await this.#conversation.events(this.#after, attempt.signal);
      if (response.status === 401) return this.#end(abort);
      if (!response.ok) return false;
      let rest = "";
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        hasSpoken = true;
        this.#listener.connected(true);
        clearTimeout(silence);
        silence = setTimeout(end, SILENCE_MS);
        const blocks = (rest + chunk.value).split("\n\n");
        rest = blocks.pop();
        for (const block of blocks) this.#event(block, abort);
      }
      return hasSpoken;
    } catch {
      return hasSpoken;
    } finally {
      clearTimeout(silence);
      abort.signal.removeEventListener("abort", end);
    }
  }

  async #read(abort) {
    try {
      const answer = await this.#conversation.read(this.#after);
      if (abort.signal.aborted) return false;
      this.#listener.connected(true);
      this.#listener.route(answer.route);
      for (const message of answer.messages) this.#message(message);
      return true;
    } catch (error) {
      if (error.status === 401) this.#end(abort);
      else if (!abort.signal.aborted) this.#listener.connected(false);
      return false;
    }
  }

  #event(block, abort) {
    const fields = Object.fromEntries(
      block.split("\n").filter((line) => !line.startsWith(":")).map((line) => line.split(/: ?(.*)/s, 2)),
    );
    if (!fields.data || abort.signal.aborted) return;
    const data = JSON.parse(fields.data);
    if (fields.event === "message") this.#message(data);
    else if (fields.event === "route") this.#listener.route(data.route);
    else if (fields.event === "gone") this.#end(abort);
  }

  #message(message) {
    if (message.seq <= this.#after) return;
    this.#after = message.seq;
    this.#listener.message(message);
  }

  #end(abort) {
    abort.abort();
    this.#listener.gone();
    return false;
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
