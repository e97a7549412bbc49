/**
 * Why a request to the API failed. Browsers tell a page no more than that it did, so this asks
 * them what they do tell: whether there is a network, which permissions are denied, and whether
 * the API answers at all.
 */

import { Failure } from "./failure.js";

/**
 * Names under which browsers guard a host with a private address: Chrome's first, then those of
 * the specification (wicg.github.io/local-network-access).
 */
const LOCAL_NETWORK = ["local-network-access", "local-network", "loopback-network"];

/** Milliseconds for an answer that no model has to think about. */
const PATIENCE = 8000;

/**
 * @param {string} apiUrl the API's origin
 * @param {{mode: "no-cors" | "cors", patience: number, signal?: AbortSignal}} how
 * @returns {Promise<boolean>} whether it answers anything at all: `no-cors` takes any answer,
 *   `cors` one that this page may read
 */
async function answers(apiUrl, { mode, patience, signal }) {
  const late = AbortSignal.timeout(patience);
  try {
    const response = await fetch(new URL("/api/version", apiUrl), {
      mode,
      cache: "no-store",
      credentials: "omit",
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

/** States of the permissions that this browser knows. */
async function localNetworkStates(navigator) {
  const asked = LOCAL_NETWORK.map(async (name) => navigator?.permissions?.query({ name }));
  const answered = await Promise.allSettled(asked);
  return answered.flatMap(({ value }) => (value ? [value.state] : []));
}

/**
 * @param {{apiUrl: string, patience?: number, signal?: AbortSignal, navigator?: Navigator}} api
 *   `patience` in milliseconds
 * @returns {Promise<Failure | null>} why the API can't be reached; null where it can
 */
export async function unreachable({
  apiUrl,
  patience = PATIENCE,
  signal,
  navigator = globalThis.navigator,
}) {
  if (navigator?.onLine === false) return new Failure("offline");
  if (await answers(apiUrl, { mode: "no-cors", patience, signal })) return null;
  // Not where they are `prompt`: so they are for everybody whom no browser has asked yet, and of
  // those most are not on the VPN.
  return (await localNetworkStates(navigator)).includes("denied")
    ? new Failure("local-network", { detail: "denied" })
    : new Failure("unreachable");
}

/**
 * @param {Parameters<typeof unreachable>[0]} api
 * @returns {Promise<Failure>} why a request to it failed before any answer could be read
 */
export async function diagnose(api) {
  const { apiUrl, patience = PATIENCE, signal, navigator = globalThis.navigator } = api;
  const before = await localNetworkStates(navigator);
  const failure = await unreachable(api);
  if (failure) return failure;
  const after = await localNetworkStates(navigator);
  if (after.some((state, i) => state === "granted" && before[i] !== state)) {
    // The user has allowed it just now, too late for the request that failed.
    return new Failure("local-network", { detail: "granted" });
  }
  // The load balancer's own answers carry no CORS headers either.
  return (await answers(apiUrl, { mode: "cors", patience, signal }))
    ? new Failure("broken")
    : new Failure("cors");
}
