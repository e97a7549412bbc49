/** How the reader likes the page. */

import { device } from "../kept/device.js";
import { history } from "../kept/history.js";
import { preferences } from "../kept/preferences.js";
import { INTERFACE_LANGUAGES, t } from "../wording/wording.js";
import { show } from "./announcer.js";
import { offerDialog } from "./dialogs.js";
import { byId } from "./elements.js";

/** @param {{onChange: () => void}} page called after every change, in another tab too */
export function offerSettings({ onChange }) {
  const dialog = byId("settings-dialog");
  const [language, asTyped, keep] = ["interface-language", "translate-as-typed", "keep-history"].map(byId);
  const themes = [...dialog.querySelectorAll("[name=theme]")];

  const fill = () => {
    const { language: chosen, theme, translateAsTyped, keepHistory } = preferences.get();
    const known = Object.entries(INTERFACE_LANGUAGES).map(([code, name]) => new Option(name, code));
    language.replaceChildren(new Option(t("settings.language.auto"), ""), ...known);
    language.value = chosen ?? "";
    for (const each of themes) each.checked = each.value === theme;
    asTyped.checked = translateAsTyped;
    keep.checked = keepHistory;
  };
  const change = (changes) => {
    preferences.set(changes);
    onChange();
  };

  offerDialog("settings", fill);
  language.addEventListener("change", () => change({ language: language.value || null }));
  for (const each of themes) each.addEventListener("change", () => change({ theme: each.value }));
  asTyped.addEventListener("change", () => change({ translateAsTyped: asTyped.checked }));
  keep.addEventListener("change", () => {
    if (!history.keep(keep.checked)) show(t("unkept"));
  });
  byId("erase-everything").addEventListener("click", () => {
    device.erase();
    show(t("settings.erased"));
  });
  preferences.watch(() => {
    fill();
    onChange();
  });
  return { reword: fill };
}
