/**
 * Why a translation did not come about: a kind for each fault that a reader is told of in a sentence
 * of its own, with a way on.
 */

/** By kind, whether the same request may well succeed later without being changed. */
const RETRYABLE = Object.freeze({
  "offline": true,
  "unreachable": true, // mostly: not on the VPN
  "local-network": true, // the browser's permission is missing
  "cors": true, // a load balancer without a healthy instance answers without CORS headers, too
  "busy": true, // `retryAfter` says when
  "loading": true, // the model is not there yet
  "refused": false,
  "too-long": false,
  "model-error": true, // said in the stream; `detail` has the model's words
  "broken": true, // the stream ended early; what arrived is kept
  "cut-off": false, // the context was used up
  "unreadable": true,
  "settings": true, // config.json is missing or wrong
  "unknown-language": false,
  "server": true, // any other status
});

/** @type {readonly string[]} Every kind. */
export const KINDS = Object.freeze(Object.keys(RETRYABLE));

/** A fault of one of `KINDS`. */
export class Failure extends Error {
  /**
   * @param {string} kind One of `KINDS`.
   * @param {{detail?: string, retryAfter?: number | null, cause?: unknown}} [more] `detail` is what
   *   the other side said, not translated; `retryAfter` is in seconds.
   */
  constructor(kind, { detail = "", retryAfter = null, cause } = {}) {
    if (!(kind in RETRYABLE)) throw new TypeError(`${kind} is no kind of failure`);
    super(detail ? `${kind}: ${detail}` : kind, cause === undefined ? undefined : { cause });
    this.name = "Failure";
    this.kind = kind;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  /** Whether trying again, unchanged, makes sense. */
  get retryable() {
    return RETRYABLE[this.kind];
  }
}
