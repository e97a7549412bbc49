/** From which language into which: two pickers that never show the same one, and their exchange. */

import { preferences } from "../kept/preferences.js";
import { AUTO, LANGUAGES } from "../translation/languages.js";
import { locale } from "../wording/wording.js";
import { byId } from "./elements.js";
import { LanguagePicker } from "./language_picker.js";

/** The language to translate into for whoever has not chosen one: the reader's own. */
function ownLanguage() {
  for (const tag of [...navigator.languages, locale(), "en"]) {
    const { language, script, region } = new Intl.Locale(tag).maximize();
    const code = [`${language}-${region}`, `${language}-${script}`, language].find((each) =>
      LANGUAGES.includes(each),
    );
    if (code) return code;
  }
  return "en";
}

/** A language that the reader may mean, other than `code`. */
const another = (code) =>
  [...preferences.get().recent, ownLanguage(), "en", "de"].find((each) => each !== code);

export class LanguagePair {
  #source;
  #target;
  #onChange;
  /** The pair before the choice that is being made. */
  #before = { source: AUTO, target: AUTO };

  /** @param {{onChange: () => void}} page called after a choice of the reader's */
  constructor({ onChange }) {
    this.#onChange = onChange;
    const recent = () => preferences.get().recent;
    this.#source = new LanguagePicker(byId("source-language"), {
      hasAuto: true,
      recent,
      onChoose: () => this.#chosen(this.#source, this.#target),
    });
    this.#target = new LanguagePicker(byId("target-language"), {
      hasAuto: false,
      recent,
      onChoose: () => this.#chosen(this.#target, this.#source),
    });
    this.restore();
  }

  get source() {
    return this.#source.value;
  }

  get target() {
    return this.#target.value;
  }

  /** @param {string | null} source null leaves it @param {string | null} target null leaves it */
  set(source, target) {
    if (source) this.#source.value = source;
    if (target) this.#target.value = target;
    this.#before = { source: this.source, target: this.target };
  }

  /** The languages of the last time. */
  restore() {
    const { source, target } = preferences.get();
    this.set(source, target ?? ownLanguage());
  }

  /** Exchanges the two; a language that is to be recognised gives way to one used before. */
  swap() {
    const { source, target } = this;
    this.set(target, source === AUTO ? another(target) : source);
  }

  /** In the words of another interface language. */
  reword() {
    this.set(this.source, this.target);
  }

  /** Whoever chooses what stands on the other side means to turn the pair round. */
  #chosen(picker, other) {
    const before = picker === this.#source ? this.#before.source : this.#before.target;
    if (picker.value === other.value) other.value = before === AUTO ? another(picker.value) : before;
    this.#before = { source: this.source, target: this.target };
    this.#onChange();
  }
}
