/** The translation: grows as it arrives, and says whether it still belongs to the text. */

import { isRightToLeft } from "../translation/languages.js";
import { t } from "../wording/wording.js";
import { byId } from "./elements.js";

/** Characters beyond which laying out every frame's piece would keep the page busy. */
const LONG = 20_000;
/** Milliseconds between pieces of a long translation. */
const LONG_PAUSE = 250;
/** Pixels from the page's end within which a reader is following it. */
const NEAR_END = 48;
/** The share of the window in which a translation's beginning is seen well. */
const IN_VIEW = 0.6;
/** What a reader scrolls with; the page's end alone says nothing, a short page is always there. */
const MOVES = ["wheel", "touchmove", "keydown", "pointerdown"];

export class Result {
  #field = byId("result");
  #note = byId("note");
  #text = "";
  #shown = "";
  #drawing = false;
  /** Whether the reader has moved about the page since the translation began. */
  #hasMoved = false;
  /** The language of a translation of which nothing has arrived yet, and the state before it. */
  #coming = null;
  #before = "empty";
  /** @type {"empty" | "busy" | "fresh" | "stale" | "incomplete"} */
  #state = "empty";

  /** @param {{onChange: () => void}} listeners called after every change of text or state */
  constructor({ onChange }) {
    this.onChange = onChange;
    const moved = () => (this.#hasMoved = true);
    for (const event of MOVES) window.addEventListener(event, moved, { passive: true });
  }

  get text() {
    return this.#text;
  }

  get state() {
    return this.#state;
  }

  /** @param {string} target the translation's language */
  setLanguage(target) {
    this.#field.lang = target;
    this.#field.dir = isRightToLeft(target) ? "rtl" : "ltr";
  }

  /** Waits for the first piece of a translation into `target`; what was there stays until then. */
  begin(target) {
    this.#before = this.#state;
    this.#hasMoved = false;
    this.#coming = target;
    this.#field.setAttribute("aria-busy", "true");
    this.#enter("busy");
  }

  /** @param {string} text all that has arrived */
  show(text) {
    if (this.#coming) this.setLanguage(this.#coming);
    this.#coming = null;
    this.#text = text;
    if (this.#drawing) return;
    this.#drawing = true;
    const draw = () => {
      this.#drawing = false;
      this.#draw();
    };
    if (text.length < LONG) requestAnimationFrame(draw);
    else setTimeout(draw, LONG_PAUSE);
  }

  /** Nobody should have to look for the translation that was asked for. */
  bringToView() {
    const { top } = this.#field.getBoundingClientRect();
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (top < 0) this.#field.scrollIntoView();
    // The button that stops it stays in reach.
    else if (top > window.innerHeight * IN_VIEW) {
      byId("stop").scrollIntoView({ behavior: isStill ? "instant" : "smooth" });
    }
  }

  /** @param {boolean} isComplete whether all has arrived; where nothing has, what was there stays */
  end(isComplete) {
    this.#draw();
    this.#field.normalize();
    this.#field.removeAttribute("aria-busy");
    if (this.#coming) this.#enter(this.#before);
    else this.#enter(this.#text === "" ? "empty" : isComplete ? "fresh" : "incomplete");
    this.#coming = null;
  }

  /** A translation that came from elsewhere, as from the history; an empty one clears. */
  set(text, target) {
    this.setLanguage(target);
    this.#text = text;
    this.end(true);
  }

  /** @param {boolean} matches whether text and languages are those that were translated */
  compare(matches) {
    if (matches && this.#state === "stale") this.#enter("fresh");
    if (!matches && this.#state === "fresh") this.#enter("stale");
  }

  /** In the words of another interface language. */
  reword() {
    const key = this.#state === "busy" ? "result.waiting" : "result.placeholder";
    this.#field.dataset.placeholder = t(key);
    this.#note.hidden = !["stale", "incomplete"].includes(this.#state);
    this.#note.textContent = this.#note.hidden ? "" : t(`result.${this.#state}`);
  }

  #enter(state) {
    this.#state = state;
    this.#field.dataset.state = state;
    this.reword();
    this.onChange();
  }

  /** Adds what is new; only what turned out otherwise is written again. */
  #draw() {
    if (this.#text === this.#shown) return;
    const page = document.documentElement;
    const isAtEnd = window.innerHeight + window.scrollY >= page.scrollHeight - NEAR_END;
    if (this.#text.startsWith(this.#shown)) this.#field.append(this.#text.slice(this.#shown.length));
    else this.#field.textContent = this.#text;
    this.#shown = this.#text;
    if (isAtEnd && this.#hasMoved && this.#state === "busy") window.scrollTo(0, page.scrollHeight);
  }
}
