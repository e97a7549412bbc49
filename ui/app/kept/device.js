/**
 * What stays on this device: named JSON values of this page's own, each with a version.
 *
 * A browser may forbid storage, or have none left, and another tab may change or erase it at any
 * time. So every value is read anew, nothing here throws, and what could not be stored is good
 * until the page is left.
 */

const PREFIX = "translator.";

export class Device {
  #storage = null;
  /** What storage did not take, for as long as the page is open. */
  #unstored = new Map();
  #watchers = [];

  /**
   * @param {{localStorage: Storage, addEventListener?: Function}} window `localStorage` may throw.
   */
  constructor(window = globalThis) {
    try {
      this.#storage = window.localStorage ?? null;
    } catch {
      // The browser forbids it, in a private window or by a policy.
    }
    window.addEventListener?.("storage", (event) => this.#changedElsewhere(event));
  }

  /**
   * @param {string} name
   * @param {number} version of the value's shape; one of another version is not read
   * @returns {unknown} undefined where there is none that can be read
   */
  read(name, version) {
    try {
      const written = this.#unstored.get(name) ?? this.#storage?.getItem(PREFIX + name);
      const { v, value } = JSON.parse(written ?? "{}");
      return v === version ? value : undefined;
    } catch {
      return undefined;
    }
  }

  /** @returns {boolean} whether it stays when the page is left */
  write(name, version, value) {
    const written = JSON.stringify({ v: version, value });
    try {
      this.#storage.setItem(PREFIX + name, written);
      this.#unstored.delete(name);
      return true;
    } catch {
      this.#unstored.set(name, written);
      return false;
    }
  }

  remove(name) {
    this.#unstored.delete(name);
    try {
      this.#storage.removeItem(PREFIX + name);
    } catch {
      // Where nothing may be stored, nothing was.
    }
  }

  /** Erases all that this page keeps, and tells who watches, here and in other tabs. */
  erase() {
    this.#unstored.clear();
    try {
      Object.keys(this.#storage)
        .filter((key) => key.startsWith(PREFIX))
        .forEach((key) => this.#storage.removeItem(key));
    } catch {
      // As above.
    }
    this.#tell(() => true);
  }

  /**
   * @param {string} name
   * @param {() => void} changed called when another tab changed the value, or all was erased
   */
  watch(name, changed) {
    this.#watchers.push({ name, changed });
  }

  #changedElsewhere({ key }) {
    // Without a key everything was cleared.
    if (key === null) this.#unstored.clear();
    else this.#unstored.delete(key.slice(PREFIX.length));
    this.#tell((name) => key === null || key === PREFIX + name);
  }

  #tell(concerns) {
    this.#watchers.filter(({ name }) => concerns(name)).forEach(({ changed }) => changed());
  }
}

/** The device that the page runs on. */
export const device = new Device();
