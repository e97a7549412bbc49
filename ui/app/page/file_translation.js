/** A text file as the text: opened or dropped, translated, and offered for download. */

import { t } from "../wording/wording.js";
import { show } from "./announcer.js";
import { byId, element, icon, save } from "./elements.js";
import { readText, told } from "./text_file.js";

/** report.txt in German is report.de.txt. */
function translatedName(name, target) {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? `${name.slice(0, dot)}.${target}${name.slice(dot)}` : `${name}.${target}.txt`;
}

export class FileTranslation {
  #page;
  #name = null;
  #isWindows = false;

  /**
   * @param {object} page
   * @param {(text: string) => void} page.onText called with the text of a file that was opened
   * @param {(refusal: object) => void} page.onRefusal called with what the failure panel shows
   */
  constructor(page) {
    this.#page = page;
    const input = byId("file-input");
    byId("open-file").addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      const [file] = input.files;
      if (file) this.open(file);
      // The same file may be chosen again.
      input.value = "";
    });
    this.#takeDrops();
  }

  get isOpen() {
    return this.#name !== null;
  }

  /** @param {File} file */
  async open(file) {
    let text;
    try {
      text = await readText(file);
    } catch (refusal) {
      const way = { key: "file.open", act: () => byId("file-input").click() };
      this.#page.onRefusal({ ...told(refusal, file), isPassing: true, way });
      return;
    }
    this.#name = file.name;
    this.#isWindows = text.includes("\r\n");
    this.#showName();
    this.#page.onText(text.replace(/\r\n?/g, "\n"));
  }

  /** The text is none of a file's any more. */
  close() {
    this.#name = null;
    this.#showName();
  }

  #showName() {
    const chip = byId("file");
    chip.hidden = !this.isOpen;
    if (!this.isOpen) return;
    chip.replaceChildren(icon("file"), element("span", { dir: "auto" }, this.#name));
  }

  /** @param {string} target @returns {string} the name under which a translation is saved */
  nameFor(target) {
    return translatedName(this.#name ?? "translation.txt", target);
  }

  /** @param {string} translation @param {string} target its language */
  download(translation, target) {
    save(this.nameFor(target), this.#isWindows ? translation.replace(/\n/g, "\r\n") : translation);
  }

  #takeDrops() {
    const root = document.documentElement;
    const hasFile = (event) => event.dataTransfer?.types.includes("Files");
    const isFree = () => !document.querySelector("dialog[open]");
    document.addEventListener("dragover", (event) => {
      if (!hasFile(event)) return;
      // Else the browser would leave the page and show the file.
      event.preventDefault();
      event.dataTransfer.dropEffect = isFree() ? "copy" : "none";
      root.toggleAttribute("data-dropping", isFree());
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) root.removeAttribute("data-dropping");
    });
    document.addEventListener("drop", (event) => {
      root.removeAttribute("data-dropping");
      if (!hasFile(event)) return;
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      if (file && isFree()) this.open(file);
      if (event.dataTransfer.files.length > 1) show(t("file.first", { name: file.name }));
    });
  }
}
