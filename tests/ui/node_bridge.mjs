// Calls what the page's modules export, for tests: a line of JSON in, a line of JSON out.
//
// In:  {"module": "ui/app/text/split.js", "name": "split", "arguments": [...]}, the path from the
//      project's root; a name may be a constant. Undefined is left out of an answer, or null.
// Out: {"value": ...}, an iterator as the list of what it gives; or {"thrown": {"name", "message",
//      "kind", "detail", "retryAfter"}}.

import { createInterface } from "node:readline";

const ROOT = new URL("../../", import.meta.url);

async function called({ module, name, arguments: given }) {
  const exported = (await import(new URL(module, ROOT)))[name];
  const value = await (typeof exported === "function" ? exported(...given) : exported);
  if (typeof value?.next !== "function") return value ?? null;
  const all = [];
  for await (const each of value) all.push(each);
  return all;
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { value: await called(JSON.parse(line)) };
  } catch (error) {
    const { name, message, kind = null, detail = null, retryAfter = null } = error;
    answer = { thrown: { name, message, kind, detail, retryAfter } };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
