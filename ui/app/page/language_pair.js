/** From which language into which: two pickers that never show the same one, and their exchange. */

import { preferences } from "../kept/preferences.js";
import { recognise } from "../text/recognise.js";
import { AUTO, LANGUAGES } from "../translation/languages.js";
import { locale, t } from "../wording/wording.js";
import { announce } from "./announcer.js";
import { byId } from "./elements.js";
import { LanguagePicker } from "./language_picker.js";

/** The reader's own languages, the first one first: into it is translated for whoever has not chosen. */
function ownLanguages() {
  return [...navigator.languages, locale(), "en"].flatMap((tag) => {
    const { language, script, region } = new Intl.Locale(tag).maximize();
    const code = [`${language}-${region}`, `${language}-${script}`, language].find((each) =>
      LANGUAGES.includes(each),
    );
    return code ?? [];
  });
}

/** Brazilian and European Portuguese are one to a text; ways of writing Chinese or Serbian are not. */
const isSame = (a, b) => a === b || Boolean(a?.startsWith("pt-") && b?.startsWith("pt-"));

/** A language that the reader may mean, other than `code`. */
const another = (code) =>
  [...preferences.get().recent, ...ownLanguages(), "en", "de"].find((each) => !isSame(each, code));

export class LanguagePair {
  #source;
  #target;
  #onChange;
  /** The pair before the choice that is being made. */
  #before = { source: AUTO, target: AUTO };
  /** Whether the target was asked for, for the text that is there or is written next. */
  #isMeant = false;
  #hadText = false;

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
    this.#isMeant = Boolean(target);
    this.#show(source, target);
  }

  /**
   * Nobody wants a text translated into the language that it is in: where the source is to be
   * recognised, another target is chosen then, unless this one was asked for.
   * @param {string} text as it is now
   */
  suit(text) {
    const hasText = text.trim() !== "";
    if (this.#hadText && !hasText) this.#isMeant = false;
    this.#hadText = hasText;
    if (!hasText || this.#isMeant || this.source !== AUTO) return;
    if (!isSame(recognise(text), this.target)) return;
    this.#show(AUTO, another(this.target));
    announce(`${t("target.label")}: ${this.#target.name}`);
  }

  #show(source, target) {
    if (source) this.#source.value = source;
    if (target) this.#target.value = target;
    if (this.source === this.target) this.#source.value = AUTO;
    this.#before = { source: this.source, target: this.target };
  }

  /** The languages of the last time. */
  restore() {
    const { source, target } = preferences.get();
    this.#show(source, target ?? ownLanguages()[0]);
  }

  /** Exchanges the two; a language that is to be recognised gives way to one used before. */
  swap() {
    const { source, target } = this;
    this.set(target, source === AUTO ? another(target) : source);
  }

  /** In the words of another interface language. */
  reword() {
    this.#source.reword();
    this.#target.reword();
  }

  /** Whoever chooses what stands on the other side means to turn the pair round. */
  #chosen(picker, other) {
    this.#isMeant = true;
    const before = picker === this.#source ? this.#before.source : this.#before.target;
    if (picker.value === other.value) other.value = before === AUTO ? another(picker.value) : before;
    this.#before = { source: this.source, target: this.target };
    this.#onChange();
  }
}
