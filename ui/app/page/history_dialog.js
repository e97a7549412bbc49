/** The last translations, for whoever wants them kept. */

import { history } from "../kept/history.js";
import { preferences } from "../kept/preferences.js";
import { AUTO, languageName } from "../translation/languages.js";
import { locale, t } from "../wording/wording.js";
import { show } from "./announcer.js";
import { offerDialog } from "./dialogs.js";
import { byId, element, icon } from "./elements.js";

/** Characters of a text that its line in the list begins with. */
const EXCERPT = 200;

const nameOf = (code) => (code === AUTO ? t("language.auto") : languageName(code, locale()));

/** @param {(entry: import("../kept/history.js").Entry) => void} onChoose */
export function offerHistory(onChoose) {
  const choice = byId("history-switch");

  const line = (entry) => {
    const time = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" });
    const excerpt = (text, lang) =>
      element("span", { class: "excerpt", lang, dir: "auto" }, text.slice(0, EXCERPT));
    const open = () => {
      dialog.close();
      onChoose(entry);
    };
    const remove = () => {
      history.remove(entry);
      fill();
      byId("history-list").querySelector("button")?.focus();
    };
    const label = t("history.remove");
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", click: open },
        element(
          "span",
          { class: "languages-line" },
          `${nameOf(entry.source)} → ${nameOf(entry.target)} · ${time.format(entry.time)}`,
        ),
        excerpt(entry.text, entry.source === AUTO ? "" : entry.source),
        excerpt(entry.translation, entry.target),
      ),
      element(
        "button",
        { type: "button", class: "round", "aria-label": label, title: label, click: remove },
        icon("trash"),
      ),
    );
  };

  const fill = () => {
    const isKept = preferences.get().keepHistory;
    const entries = history.list();
    choice.checked = isKept;
    byId("history-list").replaceChildren(...entries.map(line));
    byId("history-foot").hidden = entries.length === 0;
    byId("history-empty").hidden = entries.length > 0;
    byId("history-empty").textContent = t(isKept ? "history.empty" : "history.off");
  };

  const dialog = offerDialog("history", fill);
  choice.addEventListener("change", () => {
    if (!history.keep(choice.checked)) show(t("unkept"));
    fill();
  });
  byId("erase-history").addEventListener("click", () => {
    history.erase();
    fill();
    choice.focus();
    show(t("history.erased"));
  });
  history.watch(fill);
}
