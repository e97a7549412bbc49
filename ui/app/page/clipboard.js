/** Pasting and copying by button. */

import { t } from "../wording/wording.js";
import { announce, show } from "./announcer.js";
import { byId, shortcut } from "./elements.js";

/** Milliseconds for which a button says that it has copied. */
const SAYS_SO = 2000;

/**
 * Copies `text` and lets `button` say so.
 * @param {HTMLElement} button
 * @param {string} text
 * @param {string} done the key of what it says
 */
export async function copyBy(button, text, done = "copied") {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    show(t("copy.failed"));
    return;
  }
  announce(t(done));
  const use = button.querySelector("use");
  if (!use) return;
  use.setAttribute("href", "#icon-check");
  setTimeout(() => use.setAttribute("href", "#icon-copy"), SAYS_SO);
}

/** @param {import("./editor.js").Editor} editor */
export function offerPasting(editor) {
  byId("paste").hidden = !navigator.clipboard?.readText;
  byId("paste").addEventListener("click", async () => {
    try {
      editor.insert(await navigator.clipboard.readText());
    } catch {
      show(t("paste.failed", { keys: shortcut("V") }));
      editor.focus();
    }
  });
}
