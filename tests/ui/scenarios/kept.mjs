/** What stays on a device, where storing works and where it does not. */

import { Device } from "../../../ui/app/kept/device.js";
import { KeptGlossary } from "../../../ui/app/kept/glossary.js";
import { History } from "../../../ui/app/kept/history.js";
import { Preferences } from "../../../ui/app/kept/preferences.js";

/** As the Web Storage standard has it: items are the object's own keys. */
class Storage {
  #room;

  constructor(items, room) {
    Object.assign(this, items);
    this.#room = room;
  }

  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }

  setItem(key, value) {
    const others = Object.entries(this).filter(([name]) => name !== key);
    const size = [...others, [key, value]].flat().join("").length;
    if (size > this.#room) throw new DOMException("no room", "QuotaExceededError");
    this[key] = value;
  }

  removeItem(key) {
    delete this[key];
  }
}

/** Two tabs of one browser, which tells each of what the other changed. */
function browser({ items = {}, room = Infinity, isForbidden = false } = {}) {
  const storage = new Storage(items, room);
  const tab = () => {
    const window = new EventTarget();
    Object.defineProperty(window, "localStorage", {
      get() {
        if (isForbidden) throw new DOMException("denied", "SecurityError");
        return storage;
      },
    });
    const device = new Device(window);
    const preferences = new Preferences(device);
    const history = new History(device, preferences);
    const glossary = new KeptGlossary(device);
    const hear = (key) => window.dispatchEvent(Object.assign(new Event("storage"), { key }));
    return { device, preferences, history, glossary, hear };
  };
  return { storage, tab };
}

const entry = (text, translation = "T") => ({ source: "en", target: "de", text, translation });
const texts = (history) => history.list().map(({ text }) => text);

/** @param {{items: Record<string, string>}} stored what an earlier page or somebody else wrote */
export function readFrom({ items }) {
  const { preferences, history, glossary } = browser({ items }).tab();
  return { preferences: preferences.get(), history: history.list(), glossary: glossary.get() };
}

/** What one tab keeps is there for the next, and is stored under these keys. */
export function keptForNextTime() {
  const { storage, tab } = browser();
  const first = tab();
  const stays = [
    first.preferences.set({ theme: "dark", keepHistory: true }),
    first.preferences.used("auto", "fr"),
    first.preferences.used("en", "de"),
    first.history.add(entry("one"), 1),
    first.glossary.set([{ source: "en", target: "de", term: "bank", translation: "Ufer" }]),
  ];
  const next = tab();
  return {
    stays,
    preferences: next.preferences.get(),
    history: next.history.list(),
    glossary: next.glossary.get(),
    keys: Object.keys(storage).sort(),
  };
}

/** @param {{used: [string, string][]}} pairs of languages translated, in order */
export function recent({ used }) {
  const { preferences } = browser().tab();
  used.forEach(([source, target]) => preferences.used(source, target));
  const { source, target, recent: languages } = preferences.get();
  return { source, target, languages };
}

/** Nothing can be stored: all is good for this tab, and gone in the next. */
export function forbidden() {
  const { tab } = browser({ isForbidden: true });
  const first = tab();
  const stays = [
    first.preferences.set({ keepHistory: true, theme: "dark" }),
    first.history.add(entry("one")),
  ];
  const here = { theme: first.preferences.get().theme, texts: texts(first.history) };
  first.device.erase();
  return {
    stays,
    here,
    erased: { theme: first.preferences.get().theme, texts: texts(first.history) },
    next: tab().preferences.get().theme,
  };
}

/** @param {{count: number, repeat?: string}} added entries, then one of them again */
export function historyOf({ count, repeat }) {
  const { preferences, history } = browser().tab();
  preferences.set({ keepHistory: true });
  for (let i = 1; i <= count; i += 1) history.add(entry(`text ${i}`), i);
  if (repeat) history.add(entry(repeat, "anew"), count + 1);
  return history.list();
}

/** A history is kept only from when the user wants it until then. */
export function historyOnAndOff() {
  const { storage, tab } = browser();
  const { history } = tab();
  const steps = [[history.add(entry("before")), texts(history)]];
  history.keep(true);
  steps.push([history.add(entry("while")), texts(history)]);
  history.keep(false);
  steps.push([history.add(entry("after")), texts(history)]);
  return { steps, hasText: JSON.stringify(storage).includes("while") };
}

export function historyRemoval() {
  const { preferences, history } = browser().tab();
  preferences.set({ keepHistory: true });
  ["one", "two", "three"].forEach((text, i) => history.add(entry(text), i));
  history.remove(history.list()[1]);
  return texts(history);
}

/** @param {{room: number, long: number}} sizes of the storage and of one more text, in characters */
export function historyWithoutRoom({ room, long }) {
  const { tab } = browser({ room });
  const { preferences, history } = tab();
  preferences.set({ keepHistory: true });
  for (let i = 1; i <= 8; i += 1) history.add(entry(`text ${i}`), i);
  const stays = history.add(entry("x".repeat(long)), 9);
  const short = (list) => list.map((text) => text.slice(0, 6));
  return { stays, here: short(texts(history)), next: short(texts(tab().history)) };
}

/** Another tab changes the theme, then erases everything; a third page's values stay. */
export function otherTabs() {
  const { storage, tab } = browser({ items: { "another page's": "1" } });
  const [one, two] = [tab(), tab()];
  const told = [];
  two.preferences.watch(() => told.push(two.preferences.get().theme));
  two.history.watch(() => told.push("history"));
  one.preferences.set({ theme: "dark" });
  two.hear("translator.preferences");
  two.hear("another page's");
  one.device.erase();
  two.hear("translator.preferences");
  storage.removeItem("another page's");
  two.hear(null);
  return told;
}

/** What did not fit in this tab gives way to what another tab stored. */
export function otherTabAfterFullStorage() {
  const { storage, tab } = browser({ room: 20 });
  const { preferences, hear } = tab();
  const stays = preferences.set({ theme: "dark" });
  const before = preferences.get().theme;
  storage["translator.preferences"] = '{"v":1,"value":{"theme":"light"}}';
  hear("translator.preferences");
  return { stays, before, after: preferences.get().theme };
}

/** Erasing tells who watches in this tab too, and leaves what is not this page's. */
export function erased() {
  const { storage, tab } = browser({ items: { "another page's": "1" } });
  const { device, preferences, history, glossary } = tab();
  history.keep(true);
  history.add(entry("one"));
  glossary.set([{ source: "en", target: "de", term: "bank", translation: "Ufer" }]);
  let told = 0;
  preferences.watch(() => (told += 1));
  device.erase();
  return { told, left: Object.keys(storage), keepsHistory: preferences.get().keepHistory };
}
