/** Choosing a language: a combobox with a list (ARIA Authoring Practices, "list autocomplete"). */

import { AUTO, languageName } from "../translation/languages.js";
import { locale, t } from "../wording/wording.js";
import { announce } from "./announcer.js";
import { element, icon } from "./elements.js";
import { languageTable, searchLanguages } from "./language_search.js";

/** Options that Page Up and Page Down pass over. */
const PAGE = 8;
/** Space that the list keeps from the lower end of what can be seen. */
const MARGIN = 12;
/** The least height of the list: where there is less room the page is scrolled. */
const LEAST = 160;

export class LanguagePicker {
  #input;
  #list;
  #hasAuto;
  #recent;
  #onChoose;
  #value = AUTO;
  #active = -1;
  #isSearching = false;

  /**
   * @param {HTMLInputElement} input its list is what `aria-controls` names
   * @param {{hasAuto: boolean, recent: () => string[], onChoose: (code: string) => void}} options
   */
  constructor(input, { hasAuto, recent, onChoose }) {
    this.#input = input;
    this.#list = document.getElementById(input.getAttribute("aria-controls"));
    this.#hasAuto = hasAuto;
    this.#recent = recent;
    this.#onChoose = onChoose;
    input.addEventListener("click", () => (this.#isOpen ? undefined : this.#open()));
    input.addEventListener("focus", () => input.select());
    input.addEventListener("input", () => this.#search());
    input.addEventListener("keydown", (event) => this.#press(event));
    input.addEventListener("blur", () => this.#leave());
    // The focus stays in the field, whatever is pressed in the list.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(option.dataset.code);
    });
    // A tap beside a field does not always take the focus from it.
    document.addEventListener("pointerdown", ({ target }) => {
      if (this.#isOpen && !input.parentElement.contains(target)) this.#leave();
    });
    window.visualViewport?.addEventListener("resize", () => this.#fit());
  }

  /** The code of the chosen language, or `AUTO`. */
  get value() {
    return this.#value;
  }

  /** Shows another language as chosen, without telling anybody. */
  set value(code) {
    this.#value = code;
    this.#close();
  }

  /** What the interface language calls the chosen one. */
  get name() {
    return this.#value === AUTO ? t("language.auto") : languageName(this.#value, locale());
  }

  /** In the words of another interface language; a choice that is being made goes on. */
  reword() {
    if (this.#isSearching) {
      this.#search();
      return;
    }
    if (this.#input.value !== "") this.#input.value = this.name;
    if (this.#isOpen) this.#open();
  }

  get #isOpen() {
    return !this.#list.hidden;
  }

  get #options() {
    return this.#list.querySelectorAll("[role=option]");
  }

  #open() {
    this.#isSearching = false;
    const auto = this.#hasAuto ? [this.#option({ code: AUTO, name: t("language.auto"), own: "" })] : [];
    const table = languageTable(locale());
    const recent = this.#recent().flatMap((code) => table.filter((row) => row.code === code));
    const rest = this.#group("language.all", table);
    const groups = recent.length > 0 ? [this.#group("language.recent", recent), rest] : [rest];
    this.#show(...auto, ...groups);
    const current = [...this.#options].findIndex(({ dataset }) => dataset.code === this.#value);
    this.#activate(current, "center");
    // What was used last stays in sight.
    if (recent.length > 0) this.#list.scrollTop = 0;
    this.#input.select();
  }

  #search() {
    const typed = this.#input.value;
    if (typed.trim() === "") {
      this.#open();
      return;
    }
    this.#isSearching = true;
    const found = searchLanguages(typed, locale());
    const none = element("div", { role: "presentation" }, t("language.none", { typed }));
    this.#show(...(found.length > 0 ? found.map((row) => this.#option(row)) : [none]));
    this.#activate(found.length > 0 ? 0 : -1);
    announce(found.length > 0 ? t("language.found", { count: found.length }) : none.textContent);
  }

  #group(key, rows) {
    const id = `${this.#list.id}-${key.split(".")[1]}`;
    const label = element("div", { role: "presentation", id }, t(key));
    const options = rows.map((row) => this.#option(row));
    return element("div", { role: "group", "aria-labelledby": id }, label, ...options);
  }

  #option({ code, name, own }) {
    const isChosen = code === this.#value;
    const option = element(
      "div",
      { role: "option", "data-code": code, "aria-selected": String(isChosen) },
      element("span", {}, name),
    );
    if (own && own !== name) option.append(element("span", { class: "own", lang: code, dir: "auto" }, own));
    if (isChosen) option.append(icon("check"));
    return option;
  }

  #show(...content) {
    this.#list.replaceChildren(...content);
    this.#options.forEach((option, i) => (option.id = `${this.#list.id}-${i}`));
    this.#list.hidden = false;
    this.#list.scrollTop = 0;
    this.#input.setAttribute("aria-expanded", "true");
    this.#fit();
  }

  /** Keeps the list above a phone's keyboard. */
  #fit() {
    if (!this.#isOpen || !window.visualViewport) return;
    const { offsetTop, height } = window.visualViewport;
    const room = offsetTop + height - this.#list.getBoundingClientRect().top - MARGIN;
    this.#list.style.maxHeight = room > LEAST ? `min(var(--most), ${Math.floor(room)}px)` : "";
  }

  #close() {
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#active = -1;
    this.#isSearching = false;
    this.#input.value = this.name;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  #activate(index, block = "nearest") {
    const options = this.#options;
    options[this.#active]?.removeAttribute("data-active");
    this.#active = Math.min(Math.max(index, -1), options.length - 1);
    const option = options[this.#active];
    if (!option) {
      this.#input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("data-active", "");
    this.#input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block });
  }

  #choose(code) {
    this.value = code;
    // A phone's keyboard has done its work.
    if (matchMedia("(pointer: coarse)").matches) this.#input.blur();
    this.#onChoose(code);
  }

  /** What was typed and names a language is meant, also by whoever just goes on. */
  #leave() {
    const option = this.#isSearching ? this.#options[this.#active] : undefined;
    if (option) this.#choose(option.dataset.code);
    else this.#close();
  }

  #press(event) {
    const { key, altKey, ctrlKey, metaKey } = event;
    // Safari ends a composition before its last key, which 229 tells.
    if (ctrlKey || metaKey || event.isComposing || event.keyCode === 229) return;
    const last = this.#options.length - 1;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
    if (key === "Escape" && this.#isOpen) {
      this.#close();
      this.#input.select();
    } else if (key === "Enter" && this.#isOpen) {
      const option = this.#options[this.#active];
      if (option) this.#choose(option.dataset.code);
    } else if (key in steps && !this.#isOpen) {
      this.#open();
    } else if (altKey && key === "ArrowUp") {
      this.#close();
    } else if (key in steps) {
      const next = this.#active + steps[key];
      const isStep = Math.abs(steps[key]) === 1;
      this.#activate(isStep && next > last ? 0 : isStep && next < 0 ? last : Math.max(next, 0));
    } else {
      return;
    }
    event.preventDefault();
  }
}
