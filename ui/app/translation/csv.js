/** Comma-separated values as RFC 4180 has them, and as spreadsheets write and read them. */

/** What makes a spreadsheet run a cell as a formula, behind the marks that say that it is none. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/;

/**
 * @param {readonly (readonly string[])[]} rows
 * @returns {string} With the mark by which spreadsheets know UTF-8; no cell is run as a formula.
 */
export function toRows(rows) {
  return `\ufeff${rows.map((row) => `${row.map(written).join(",")}\r\n`).join("")}`;
}

function written(cell) {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * @param {string} text Lines may end in any way; semicolons or tabs may stand for commas, as the
 *   first line shows.
 * @returns {{line: number, cells: string[] | null}[]} Rows that are not blank, with the number of the
 *   line that each begins at, from 1; `cells` is null where its quotes are wrong.
 */
export function fromRows(text) {
  const plain = text.replace(/^\ufeff/, "");
  const separator = /^[^\r\n,;\t]*([,;\t])/.exec(plain)?.[1] ?? ",";
  // A cell in quotes, or one without; then what ends it.
  const cell = new RegExp(
    `(?:"([^"]*(?:""[^"]*)*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n|\\r|\\n|$)`,
    "y",
  );
  const rows = [];
  let cells = [];
  let line = 1;
  let first = 1;
  for (let at = 0; at < plain.length || cells.length > 0; ) {
    cell.lastIndex = at;
    const found = cell.exec(plain);
    if (!found) {
      rows.push({ line: first, cells: null });
      const next = /\r\n|\r|\n/g;
      next.lastIndex = at;
      const end = next.exec(plain);
      at = end ? next.lastIndex : plain.length;
      [cells, line] = [[], line + 1];
      first = line;
      continue;
    }
    const [whole, quoted, bare, end] = found;
    cells.push(read(quoted?.replaceAll('""', '"') ?? bare));
    at += whole.length;
    line += whole.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (end === separator) continue;
    if (cells.length > 1 || cells[0] !== "") rows.push({ line: first, cells });
    [cells, first] = [[], line];
  }
  return rows;
}

const read = (cell) => (FORMULA.test(cell) && cell.startsWith("'") ? cell.slice(1) : cell);
