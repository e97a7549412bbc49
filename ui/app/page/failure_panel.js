/** Says what went wrong in a sentence, and offers the way on. */

import { quantity, t } from "../wording/wording.js";
import { byId } from "./elements.js";

/** Times in a row that the page itself tries again after a countdown. */
const MOST_TRIES = 12;

/** What is said already is not said again: a screen reader would repeat it. */
function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

export class FailurePanel {
  #panel = byId("failure");
  #ticking;
  #tries = 0;
  #shown = null;

  /**
   * @typedef {object} Shown
   * @property {string} kind names the sentences `failure.<kind>` and `failure.<kind>.way`
   * @property {string} [detail]
   * @property {number | null} [retryAfter] seconds after which trying again makes sense
   * @property {boolean} [isPassing] whether it is of no interest once something else is written
   * @property {boolean} [isQuoted] whether `detail` is shown as what the other side said
   * @property {Record<string, string | number>} [values] for the sentences' holes
   * @property {{key: string, act: (isAutomatic: boolean) => void}} [way] the button that leads on
   * @property {{key: string, act: () => void}} [other] another one
   *
   * @param {Shown} shown
   */
  show(shown) {
    this.pause();
    const isNew = this.#shown?.kind !== shown.kind;
    this.#shown = shown;
    this.#panel.dataset.kind = shown.kind;
    this.#panel.hidden = false;
    this.reword();
    this.#offer(byId("retry"), shown.way);
    this.#offer(byId("restart"), shown.other);
    if (shown.retryAfter && shown.way) this.#count(shown.retryAfter);
    const isTall = this.#panel.offsetHeight > window.innerHeight / 2;
    if (isNew) this.#panel.scrollIntoView({ block: isTall ? "start" : "nearest" });
  }

  get isShown() {
    return this.#shown !== null;
  }

  /** Stops the countdown; what is said stays. */
  pause() {
    clearInterval(this.#ticking);
    byId("countdown").hidden = true;
    byId("dismiss").hidden = true;
  }

  hide() {
    this.pause();
    this.#shown = null;
    this.#panel.hidden = true;
    delete this.#panel.dataset.kind;
    say(byId("failure-sentence"), "");
    say(byId("failure-way"), "");
  }

  /** Something else is on the page now: nothing of it is sent unasked. */
  yield() {
    if (this.#shown?.isPassing) this.hide();
    else if (this.#shown) this.#wait();
  }

  /** Forgets how often was tried: something else is wanted now, or it has worked. */
  settle() {
    this.#tries = 0;
    this.hide();
  }

  /** In the words of another interface language. */
  reword() {
    if (!this.#shown) return;
    const { kind, detail = "", isQuoted, values, way, other } = this.#shown;
    const holes = { detail, origin: location.origin, ...values };
    say(byId("failure-sentence"), t(`failure.${kind}`, holes));
    say(byId("failure-way"), t(`failure.${kind}.way`, holes));
    byId("failure-detail").textContent = detail;
    byId("failure-detail").hidden = !isQuoted || detail === "";
    if (way) byId("retry").textContent = t(way.key);
    if (other) byId("restart").textContent = t(other.key);
    byId("dismiss").textContent = t("retry.cancel");
  }

  #offer(button, way) {
    button.hidden = !way;
    button.onclick = () => way?.act(false);
  }

  /** Counts down and then tries again by itself, some times at most, if the reader lets it. */
  #count(seconds) {
    this.#tries += 1;
    if (this.#tries > MOST_TRIES) return;
    const { act } = this.#shown.way;
    const end = performance.now() + seconds * 1000;
    const countdown = byId("countdown");
    const tick = () => {
      const left = Math.ceil((end - performance.now()) / 1000);
      countdown.textContent = t("retry.in", { time: quantity(Math.max(left, 0), "second") });
      // Nobody waits at a page that nobody sees.
      if (left > 0 || document.hidden) return;
      clearInterval(this.#ticking);
      act(true);
    };
    byId("retry").textContent = t("retry.now");
    byId("dismiss").hidden = false;
    byId("dismiss").onclick = () => {
      this.#wait();
      byId("retry").focus();
    };
    countdown.hidden = false;
    tick();
    this.#ticking = setInterval(tick, 250);
  }

  #wait() {
    this.pause();
    this.reword();
  }
}
