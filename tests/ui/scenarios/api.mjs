/** An API that does as a scenario says, over real HTTP on loopback. */

import { createServer } from "node:http";

const line = (response) => `${JSON.stringify({ response, done: false })}\n`;
const LAST_LINE = `${JSON.stringify({ response: "", done: true, done_reason: "stop" })}\n`;

/** What `body` of client.js must be sent as, for scenarios that do not look at it. */
export const BODY = { model: "m", prompt: "p", stream: true };

/** Milliseconds after which what a scenario waits for is taken for what never happens. */
const LONG_ENOUGH = 10_000;

/** Something that a scenario waits for, from the server's side. */
export class Event {
  constructor() {
    this.happened = new Promise((resolve) => {
      this.now = resolve;
    });
  }

  /** @returns {Promise<boolean>} whether it happened, or will soon */
  async seen() {
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(() => resolve(false), LONG_ENOUGH);
    });
    const seen = await Promise.race([this.happened.then(() => true), late]);
    clearTimeout(timer);
    return seen;
  }
}

/** A translation in these pieces, from the first line to the last. */
export async function answer(response, pieces) {
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
  for (const piece of pieces) response.write(line(piece));
  response.end(LAST_LINE);
}

/** The beginning of one, in one chunk; the connection stays open. */
export function begin(response, pieces) {
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
  response.write(pieces.map(line).join(""));
}

/** Resolves when the caller has closed the connection that `response` would go to. */
export const left = (response) => new Promise((resolve) => response.on("close", resolve));

/**
 * Runs `scenario` against a server of its own.
 *
 * @param {(call: {path: string, method: string, headers: object, body: string}, response) => void} handle
 * @param {(apiUrl: string) => Promise<T>} scenario
 * @returns {Promise<T>}
 * @template T
 */
export async function against(handle, scenario) {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    handle({ path: request.url, method: request.method, headers: request.headers, body }, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await scenario(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** What came of an iterator of text: its pieces, and the failure that ended it. */
export async function collected(texts) {
  const pieces = [];
  try {
    for await (const piece of texts) pieces.push(piece);
    return { pieces, failure: null };
  } catch (error) {
    return { pieces, failure: told(error) };
  }
}

/** A failure as JSON. */
export const told = ({ name, kind, detail, retryAfter }) => ({ name, kind, detail, retryAfter });
