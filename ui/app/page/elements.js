/** Making and finding elements. Text goes in as text: the page's policy allows no markup. */

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} id @returns {HTMLElement} */
export const byId = (id) => document.getElementById(id);

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | Function>} [attributes] A function listens to
 *   the event of that name; `true` and `false` set and leave out.
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** An icon of the sprite in index.html; what it says is said by the words beside it. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  drawing.append(use);
  return drawing;
}

/** How the reader's keyboard writes a shortcut. */
export function shortcut(key) {
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  return isApple ? `⌘ ${key}` : `Ctrl + ${key}`;
}

/** Saves text as a file, as if the reader had downloaded it. */
export function save(name, text, type = "text/plain;charset=utf-8") {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: name }).click();
  // The browser has taken its copy by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
