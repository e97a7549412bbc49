/** Opening and closing dialogs; Escape is the browser's own. */

import { byId } from "./elements.js";

/**
 * @param {string} name of a button and, with `-dialog`, of its dialog
 * @param {() => void} fill called before it opens
 * @returns {HTMLDialogElement}
 */
export function offerDialog(name, fill) {
  const dialog = byId(`${name}-dialog`);
  byId(name).addEventListener("click", () => {
    fill();
    dialog.showModal();
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  // A press beside the dialog; one that began in it, as when text is selected, does not close it.
  let began = null;
  dialog.addEventListener("pointerdown", (event) => (began = event.target));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && began === dialog) dialog.close();
  });
  return dialog;
}
