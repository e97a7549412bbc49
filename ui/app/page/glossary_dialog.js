/** The reader's own terms, for one pair of languages at a time. */

import { keptGlossary } from "../kept/glossary.js";
import {
  LONGEST_TERM,
  MOST_ENTRIES,
  add,
  fromCsv,
  list,
  refusal,
  remove,
  toCsv,
} from "../translation/glossary.js";
import { AUTO } from "../translation/languages.js";
import { locale, t } from "../wording/wording.js";
import { announce, show } from "./announcer.js";
import { offerDialog } from "./dialogs.js";
import { byId, element, icon, save } from "./elements.js";
import { languageTable } from "./language_search.js";
import { readText, told } from "./text_file.js";

/** Faults of a file that are shown; whoever made more knows by then. */
const MOST_FAULTS = 8;

/** Why an entry is not kept, in a sentence. */
const sentence = (reason) =>
  t(`glossary.refusal.${reason}`, { limit: reason === "long" ? LONGEST_TERM : MOST_ENTRIES });

/** @param {() => {source: string, target: string}} current the pair that is translated now */
export function offerGlossary(current) {
  const [source, target, term, translation] = ["source", "target", "term", "translation"].map((part) =>
    byId(`glossary-${part}`),
  );

  const offerLanguages = (select, code) => {
    const options = languageTable(locale()).map(({ code: each, name }) => new Option(name, each));
    select.replaceChildren(...options);
    select.value = code;
  };

  const line = (entry) => {
    const edit = () => {
      term.value = entry.term;
      translation.value = entry.translation;
      translation.select();
      translation.focus();
    };
    const leave = () => {
      keptGlossary.set(remove(keptGlossary.get(), entry));
      fill();
      term.focus();
    };
    const label = t("glossary.remove", { term: entry.term });
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", click: edit },
        element("span", { lang: entry.source, dir: "auto" }, entry.term),
        element("span", { lang: entry.target, dir: "auto" }, entry.translation),
      ),
      element(
        "button",
        { type: "button", class: "round", "aria-label": label, title: label, click: leave },
        icon("trash"),
      ),
    );
  };

  const fill = () => {
    const entries = list(keptGlossary.get(), source.value, target.value);
    byId("glossary-list").replaceChildren(...entries.map(line));
    byId("glossary-empty").hidden = entries.length > 0;
    byId("glossary-export").disabled = keptGlossary.get().length === 0;
    for (const [field, { value }] of [[term, source], [translation, target]]) {
      field.lang = value;
      field.dir = "auto";
    }
  };

  const complain = (sentences) => {
    const problems = byId("glossary-problems");
    problems.hidden = sentences.length === 0;
    problems.replaceChildren(...sentences.map((sentence) => element("p", {}, sentence)));
  };

  const submit = (event) => {
    event.preventDefault();
    const entry = {
      source: source.value,
      target: target.value,
      term: term.value,
      translation: translation.value,
    };
    const entries = keptGlossary.get();
    const objection = refusal(entries, entry);
    complain(objection ? [sentence(objection)] : []);
    if (objection) return;
    const isKept = keptGlossary.set(add(entries, entry));
    event.target.reset();
    fill();
    term.focus();
    if (isKept) announce(t("glossary.added"));
    else show(t("unkept"));
  };

  const read = async (file) => {
    let text;
    try {
      text = await readText(file);
    } catch (refusal) {
      const { kind, detail, values } = told(refusal, file);
      const sentences = [`failure.${kind}`, `failure.${kind}.way`];
      complain(sentences.map((key) => t(key, { detail, ...values })));
      return;
    }
    const before = new Set(keptGlossary.get());
    const { entries, errors } = fromCsv(text, [...before]);
    const isKept = keptGlossary.set(entries);
    complain(
      errors
        .slice(0, MOST_FAULTS)
        .map(({ line: at, reason }) => t("glossary.line", { line: at, problem: sentence(reason) })),
    );
    fill();
    const imported = t("glossary.imported", {
      count: entries.filter((entry) => !before.has(entry)).length,
    });
    show(isKept ? imported : `${imported} ${t("unkept")}`);
  };

  offerDialog("glossary", () => {
    const pair = current();
    const known = keptGlossary.get().find((entry) => entry.target === pair.target);
    const other = pair.target === "en" ? "de" : "en";
    offerLanguages(source, pair.source === AUTO ? (known?.source ?? other) : pair.source);
    offerLanguages(target, pair.target);
    complain([]);
    fill();
  });
  for (const select of [source, target]) select.addEventListener("change", fill);
  byId("glossary-form").addEventListener("submit", submit);
  byId("glossary-export").addEventListener("click", () =>
    save("glossary.csv", toCsv(keptGlossary.get()), "text/csv;charset=utf-8"),
  );
  byId("glossary-import").addEventListener("click", () => byId("glossary-file").click());
  byId("glossary-file").addEventListener("change", ({ target: input }) => {
    const [file] = input.files;
    if (file) read(file);
    input.value = "";
  });
  keptGlossary.watch(fill);
}
