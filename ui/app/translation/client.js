/** One request to the API, and its answer as it comes. */

import { diagnose, unreachable } from "./diagnose.js";
import { Failure } from "./failure.js";
import { parts } from "./stream.js";

/** Milliseconds without a word after which the API is asked whether it is still there. */
const SILENCE = 10_000;
/** Characters of an error's text; the API's own are sentences. */
const LONGEST_ERROR = 4096;

/** Seconds to wait where a busy API does not say, and the bounds of what it may say. */
const WAIT = { 429: 5, 503: 10 };
const SHORTEST_WAIT = 1;
const LONGEST_WAIT = 300;

/**
 * @param {string | null} header `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3)
 * @param {number} now milliseconds since 1970
 * @returns {number | null} whole seconds, from 1 to 300; null where the header says neither
 */
export function secondsToWait(header, now = Date.now()) {
  const written = header?.trim() ?? "";
  const seconds = /^\d+$/.test(written)
    ? Number(written)
    : / GMT$/.test(written)
      ? Math.ceil((Date.parse(written) - now) / 1000)
      : NaN;
  return Number.isNaN(seconds)
    ? null
    : Math.min(Math.max(seconds, SHORTEST_WAIT), LONGEST_WAIT);
}

/** The sentence in an error's answer: the API writes `{"error": …}`, others what they like. */
async function sentence(response) {
  let text = "";
  try {
    const decoder = new TextDecoder();
    for (const reader = response.body.getReader(); text.length < LONGEST_ERROR; ) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    return String(JSON.parse(text).error);
  } catch {
    return "";
  }
}

/** What an answer other than 200 says. */
async function refusal(response) {
  const { status, headers } = response;
  const detail = await sentence(response);
  const kind = kindOf(status, detail);
  const retryAfter =
    secondsToWait(headers.get("Retry-After")) ?? (kind === "busy" ? WAIT[status] : null);
  return new Failure(kind, { detail: detail || String(status), retryAfter });
}

function kindOf(status, detail) {
  if (status === 403) return "refused";
  if (status === 413) return "too-long";
  if (status === 429) return "busy";
  if (status === 502 || status === 504) return "loading";
  if (status === 503) return /\b(loading|start|not ready)/i.test(detail) ? "loading" : "busy";
  // Ollama's word for a model that was not pulled yet; otherwise it is the path that is wrong.
  if (status === 404) return /\bmodel\b/i.test(detail) ? "loading" : "server";
  if (status === 400 && /^model must be /.test(detail)) return "settings";
  if (status === 400 && /no more than|too long|exceed/i.test(detail)) return "too-long";
  return "server";
}

/** Calls `lost` once the API has said nothing for a while and can't be reached any more. */
function watch({ silence, ...api }, lost) {
  const { signal } = api;
  let timer;
  let words = 0;
  const heard = () => {
    words += 1;
    clearTimeout(timer);
    timer = setTimeout(ask, silence);
  };
  const ask = async () => {
    const before = words;
    const failure = await unreachable(api);
    if (signal.aborted || words !== before) return;
    if (failure) lost(failure);
    else heard();
  };
  signal.addEventListener("abort", () => clearTimeout(timer));
  heard();
  return heard;
}

/**
 * Has the API translate, and gives the translation piece by piece. Leaving the loop over it, or
 * the signal, ends the server's work too.
 *
 * @param {object} request
 * @param {string} request.apiUrl the API's origin
 * @param {object} request.body what prompt.js made
 * @param {AbortSignal} [request.signal]
 * @param {number} [request.silence] milliseconds without a word after which the API is asked
 *   whether it is still there: a firewall drops packets, and browsers wait for minutes
 * @param {number} [request.patience] milliseconds that it has to answer that
 * @returns {AsyncGenerator<string, void>}
 * @throws {Failure} for whatever goes wrong, or the signal's reason once that is aborted
 */
export async function* translate({ apiUrl, body, signal, silence = SILENCE, patience }) {
  const end = new AbortController();
  const either = AbortSignal.any([end.signal, ...(signal ? [signal] : [])]);
  const heard = watch({ apiUrl, silence, patience, signal: either }, (failure) => end.abort(failure));
  let response = null;
  try {
    response = await fetch(new URL("/api/generate", apiUrl), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      // A text goes nowhere but to the API.
      redirect: "error",
      signal: either,
    });
    if (!response.ok) throw await refusal(response);
    for await (const piece of parts(response.body)) {
      // A chunk may hold more pieces than were read when the user stopped.
      signal?.throwIfAborted();
      heard();
      yield piece;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof Failure) throw cause;
    if (response) throw new Failure("broken", { cause });
    throw end.signal.aborted ? end.signal.reason : await diagnose({ apiUrl, patience, signal });
  } finally {
    end.abort();
  }
}
