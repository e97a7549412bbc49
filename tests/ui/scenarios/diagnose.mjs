/** Why a request failed, as far as a browser lets a page know. */

import { diagnose } from "../../../ui/app/translation/diagnose.js";
import { against, told } from "./api.mjs";

const PAGE = "https://translator.example";

/** A browser as far as the page asks it: permissions it does not know are a TypeError. */
function browser({ onLine = true, permissions = null }) {
  const query = async ({ name }) => {
    if (!(name in permissions)) throw new TypeError(`${name} is no permission`);
    return { state: permissions[name] };
  };
  return { onLine, permissions: permissions ? { query } : undefined };
}

/** Runs `scenario` with a fetch that keeps the rules of browsers, which Node's does not. */
async function withinBrowser(scenario) {
  const { fetch } = globalThis;
  globalThis.fetch = async (url, init) => {
    const response = await fetch(url, { ...init, headers: { ...init.headers, Origin: PAGE } });
    const allowed = response.headers.get("Access-Control-Allow-Origin");
    if (init.mode === "cors" && allowed !== PAGE) throw new TypeError("Failed to fetch");
    return response;
  };
  try {
    return await scenario();
  } finally {
    globalThis.fetch = fetch;
  }
}

/**
 * @param {{api: "foreign" | "balancer" | "readable" | "silent" | "gone", onLine?: boolean,
 *   permissions?: Record<string, string>, grants?: string}} world `grants` is the permission that
 *   the user gives while the page asks
 */
export async function diagnosed({ api, grants, ...asked }) {
  const navigator = browser(asked);
  const handle = (_, response) => {
    if (grants) asked.permissions[grants] = "granted";
    if (api === "silent") return;
    const headers = api === "readable" ? { "Access-Control-Allow-Origin": PAGE } : {};
    response.writeHead(api === "balancer" ? 503 : 200, headers).end("{}");
  };
  return withinBrowser(async () => {
    const ask = async (apiUrl) => told(await diagnose({ apiUrl, patience: 200, navigator }));
    if (api !== "gone") return against(handle, ask);
    return ask(await against(handle, async (apiUrl) => apiUrl));
  });
}
