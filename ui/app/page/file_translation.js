/** A text file as the text: opened or dropped, translated, and offered for download. */

import { quantity, t } from "../wording/wording.js";
import { byId, element, icon, save } from "./elements.js";

/** The largest file that is read, in bytes: more would take a model hours. */
const LARGEST = 1_000_000;
/** What no text holds: controls other than tab, line breaks, form feed and escape. */
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

/** A file that is not translated; `kind` names the sentence that says why. */
class Refusal extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/** UTF-8, or UTF-16 where the file's first bytes say so. */
function decode(bytes) {
  const mark = bytes[0] * 256 + bytes[1];
  const encoding = { 0xfffe: "utf-16le", 0xfeff: "utf-16be" }[mark] ?? "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(bytes.includes(0) ? "file-binary" : "file-encoding");
  }
}

async function read(file) {
  if (file.size > LARGEST) throw new Refusal("file-too-large");
  const text = decode(new Uint8Array(await file.arrayBuffer()));
  if (BINARY.test(text)) throw new Refusal("file-binary");
  if (text.trim() === "") throw new Refusal("file-empty");
  return text;
}

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
    try {
      const text = await read(file);
      this.#name = file.name;
      this.#isWindows = text.includes("\r\n");
      this.#showName();
      this.#page.onText(text.replace(/\r\n?/g, "\n"));
    } catch (error) {
      const kind = error instanceof Refusal ? error.kind : "file-encoding";
      this.#page.onRefusal({
        kind,
        detail: file.name,
        isPassing: true,
        values: { limit: quantity(LARGEST / 1e6, "megabyte") },
        way: { key: "file.open", act: () => byId("file-input").click() },
      });
    }
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
    });
  }
}
