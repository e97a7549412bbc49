/** A link to these languages; the text goes into it only if the reader says so. */

import { shareLink } from "../kept/link.js";
import { t } from "../wording/wording.js";
import { copyBy } from "./clipboard.js";
import { offerDialog } from "./dialogs.js";
import { byId } from "./elements.js";

/** @param {() => {text: string, source: string, target: string}} read what is on the page */
export function offerSharing(read) {
  const [field, choice, hint, button] = ["link", "text", "hint", "copy"].map((part) => byId(`share-${part}`));

  const fill = () => {
    const { source, target, text } = read();
    const withText = text === "" ? null : shareLink(location.href, { source, target, text });
    choice.disabled = withText === null;
    choice.checked &&= withText !== null;
    hint.textContent = t(text !== "" && withText === null ? "share.text.too-long" : "share.text.hint");
    field.value = choice.checked ? withText : shareLink(location.href, { source, target });
    button.textContent = t("share.copy");
  };

  const dialog = offerDialog("share", () => {
    choice.checked = false;
    fill();
  });
  choice.addEventListener("change", fill);
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    await copyBy(button, field.value, "share.copied");
    button.textContent = t("share.copied");
  });
  return dialog;
}
