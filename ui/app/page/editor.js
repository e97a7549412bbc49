/** The text to translate: a field that grows with it and takes its language's direction. */

import { AUTO, isRightToLeft } from "../translation/languages.js";
import { byId } from "./elements.js";

/** Characters up to which a text is set in large type. */
const SHORT = 120;
/** Browsers without `field-sizing` measure the field anew for each change: not beyond this. */
const MEASURABLE = 50_000;
/** Line breaks up to which the editing command is quick: with 400, Chromium is busy for seconds. */
const FEW_LINES = 40;

/** Whether the browser's editing command takes this text at once. */
const isQuick = (text) => text.length < MEASURABLE && text.split("\n", FEW_LINES + 2).length <= FEW_LINES;

export class Editor {
  #field = byId("text");

  /** @param {{onChange: () => void}} listeners called after every change, by whomever */
  constructor({ onChange }) {
    const growsItself = CSS.supports("field-sizing", "content");
    this.#field.addEventListener("input", () => {
      byId("clear").hidden = this.#field.value === "";
      this.#setType();
      if (!growsItself) this.#grow();
      onChange();
    });
  }

  get text() {
    return this.#field.value;
  }

  /** Replaces the text so that the browser's own undo brings the old one back. */
  set text(text) {
    const field = this.#field;
    const focused = document.activeElement;
    field.focus({ preventScroll: true });
    field.select();
    // Deprecated, and the only way that keeps the history of undo.
    const isKept =
      isQuick(text) &&
      (field.value === text || document.execCommand(text ? "insertText" : "delete", false, text));
    if (!isKept || field.value !== text) {
      field.value = text;
      field.dispatchEvent(new Event("input"));
    }
    field.setSelectionRange(0, 0);
    field.scrollTop = 0;
    if (focused !== field && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }

  /** @param {string} text at the cursor, instead of what is selected */
  insert(text) {
    this.focus();
    if (isQuick(text) && document.execCommand("insertText", false, text)) return;
    this.#field.setRangeText(text, this.#field.selectionStart, this.#field.selectionEnd, "end");
    this.#field.dispatchEvent(new Event("input"));
  }

  focus() {
    this.#field.focus();
  }

  /** @param {string} source the text's language, or `AUTO` */
  setLanguage(source) {
    this.#field.lang = source === AUTO ? "" : source;
    this.#field.dir = source === AUTO ? "auto" : isRightToLeft(source) ? "rtl" : "ltr";
  }

  #setType() {
    byId("sheet").dataset.length = this.#field.value.length <= SHORT ? "short" : "long";
  }

  #grow() {
    this.#field.style.height = "auto";
    if (this.#field.value.length <= MEASURABLE) {
      this.#field.style.height = `${this.#field.scrollHeight}px`;
    }
  }
}
