/** One translation at a time, from the press of a button to its end, whichever that is. */

import { Failure } from "../translation/failure.js";
import { Job } from "../translation/job.js";
import { keptGlossary } from "../kept/glossary.js";
import { t } from "../wording/wording.js";
import { announce } from "./announcer.js";
import { byId } from "./elements.js";
import { forget, service } from "./service.js";

/** The smallest share of the context for which a text that proved too long is divided again. */
const SMALLEST_SHARE = 1 / 8;

const isSame = (a, b) =>
  a !== null && a.text === b.text && a.source === b.source && a.target === b.target;

/** Rejects with the signal's reason once that is aborted. */
const aborted = (signal) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

export class Translation {
  #page;
  #abort = null;
  /** What runs or ran last: its job, and the text and languages that it is of. */
  #job = null;
  #wanted = null;
  #share = 1;
  #position = { part: 0, parts: 1 };

  /**
   * @param {object} page
   * @param {() => {text: string, source: string, target: string}} page.read what is wanted now
   * @param {import("./result.js").Result} page.result
   * @param {import("./failure_panel.js").FailurePanel} page.failure
   * @param {(done: {text: string, source: string, target: string, translation: string}) => void} page.onDone
   * @param {() => void} page.onChange called when one begins or ends
   */
  constructor(page) {
    this.#page = page;
  }

  get isRunning() {
    return this.#abort !== null;
  }

  /** Whether the text and the languages are those that were translated last. */
  get isOfNow() {
    return isSame(this.#wanted, this.#page.read());
  }

  /** Whether a translation that was stopped or broke off could go on where it was. */
  get canContinue() {
    return !this.isRunning && this.#job !== null && this.#job.parts > 1 && this.isOfNow;
  }

  /** Takes what is on the page for translated, as after a swap or from the history. */
  adopt() {
    this.#job = null;
    this.#wanted = this.#page.read();
  }

  /** Translates what is on the page now, instead of what may be running. */
  async start() {
    this.#share = 1;
    await this.#begin(null);
  }

  /** Goes on with the first part that is not finished. */
  async resume() {
    await this.#begin(this.canContinue ? this.#job : null);
  }

  /** Ends what runs; what has arrived stays, as incomplete. */
  stop() {
    this.#abort?.abort();
  }

  /** Ends what runs, of which nothing is wanted any more. */
  drop() {
    this.stop();
    this.#abort = null;
    this.#job = null;
    this.#showEnd();
  }

  async #begin(job, isAutomatic = false) {
    const { read, result, failure, onChange, onDone } = this.#page;
    const wanted = read();
    if (wanted.text.trim() === "") return;
    this.stop();
    const abort = new AbortController();
    const { signal } = abort;
    this.#abort = abort;
    this.#job = job;
    if (isAutomatic) failure.pause();
    else failure.settle();
    result.begin(wanted.target);
    this.#progress(0, 1);
    onChange();
    let fault = null;
    try {
      const made = job ?? (await this.#made(wanted, signal));
      signal.throwIfAborted();
      this.#job = made;
      await (job ? made.resume(signal) : made.start(signal));
    } catch (error) {
      fault = error;
    }
    // Another one has begun meanwhile: the page is its own.
    if (this.#abort !== abort) return;
    this.#abort = null;
    this.#showEnd();
    result.end(fault === null);
    if (fault === null) {
      failure.settle();
      announce(t("result.done"));
      onDone({ ...wanted, translation: result.text });
    } else if (signal.aborted) {
      announce(t("result.stopped"));
    } else {
      this.#explain(fault);
    }
    onChange();
  }

  #showEnd() {
    byId("progress").hidden = true;
    byId("part").hidden = true;
  }

  async #made(wanted, signal) {
    const { result, failure } = this.#page;
    // Whoever stops does not wait for the settings either.
    const settings = await Promise.race([service(), aborted(signal)]);
    const contextLength = Math.floor(settings.contextLength * this.#share);
    const job = new Job({
      ...wanted,
      glossary: keptGlossary.get(),
      settings: { ...settings, contextLength },
      onText: (text) => {
        // Of one that was stopped or gave way to another, a piece may still be on its way.
        if (this.#job !== job || !this.isRunning || this.#abort.signal.aborted) return;
        this.#wanted = wanted;
        failure.hide();
        result.show(text);
        if (this.#job.parts === 1) this.#showEnd();
      },
      onProgress: ({ part, parts }) => this.#progress(part, parts),
    });
    return job;
  }

  /** In the words of another interface language. */
  reword() {
    const { part, parts } = this.#position;
    byId("part").textContent = parts === 1 ? "" : t("result.part", { part, parts });
  }

  /** @param {number} part that is being translated, 0 before the first */
  #progress(part, parts) {
    this.#position = { part, parts };
    const bar = byId("progress");
    bar.hidden = false;
    bar.toggleAttribute("data-waiting", parts === 1);
    bar.style.setProperty("--done", parts === 1 ? "1" : String(Math.max(part - 1, 0.02) / parts));
    byId("part").hidden = parts === 1;
    this.reword();
  }

  #explain(error) {
    // What is no failure is a fault of this page's own: for whoever opens the console.
    if (!(error instanceof Failure)) console.error(error);
    const { kind, detail, retryAfter } =
      error instanceof Failure ? error : { kind: "unreadable", detail: "", retryAfter: null };
    if (kind === "settings") forget();
    if (kind === "local-network" && detail === "granted") {
      // The reader has just allowed it, and waits.
      this.#begin(null);
      return;
    }
    const isQuoted = kind === "model-error";
    this.#page.failure.show({ kind, detail, retryAfter, isQuoted, ...this.#ways(kind) });
  }

  #ways(kind) {
    const again = { key: "retry", act: (isAutomatic) => this.#begin(null, isAutomatic) };
    if (kind === "too-long" || kind === "cut-off") {
      const share = this.#share / 2;
      if (share < SMALLEST_SHARE) return {};
      const divide = () => {
        this.#share = share;
        this.#begin(null);
      };
      return { way: { key: "retry.parts", act: divide } };
    }
    if (kind === "unknown-language") {
      const act = () => byId("target-language").focus();
      return { way: { key: "retry.language", act }, isPassing: true };
    }
    if (!this.canContinue || this.#job.text === "") return { way: again };
    const job = this.#job;
    const go = (isAutomatic) => this.#begin(this.canContinue ? job : null, isAutomatic);
    return { way: { key: "retry.continue", act: go }, other: { key: "restart", act: () => this.start() } };
  }
}
