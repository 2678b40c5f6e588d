/**
 * Where a webhook may point, checked twice: the address in words when it is set, and what its host name leads to each
 * time something is delivered, since names change their mind (DNS rebinding).
 *
 * @module
 */
import { isIP } from "node:net";
import { isPublicAddress } from "./public-address.ts";
import type { WebhookNetwork, WebhookOptions } from "./webhook.ts";

type Policy = Pick<WebhookOptions, "insecureAllowHttp" | "insecureAllowPrivateAddresses">;

const LONGEST_URL = 2048;

/** @returns what is wrong with it, for whoever sets it; undefined when it may be used */
export function urlProblem(text: string, policy: Policy): string | undefined {
  if (text.length > LONGEST_URL || !URL.canParse(text)) return "Expected an absolute address.";
  const url = new URL(text);
  const isHttp = url.protocol === "http:" && policy.insecureAllowHttp;
  if (url.protocol !== "https:" && !isHttp) return "Expected an address that begins with https://.";
  if (url.username !== "" || url.password !== "") return "Expected an address without user name and password.";
  if (url.hash !== "") return "Expected an address without a fragment.";
  const host = hostOf(url);
  const isRefused =
    (isIP(host) !== 0 && !mayReach(host, policy)) || (isLocalName(host) && !policy.insecureAllowPrivateAddresses);
  return isRefused ? "Expected an address on the internet, not in a private network." : undefined;
}

/**
 * The one IP address that is connected to. All that a name leads to must be allowed: which one a connection would choose
 * is not ours to say.
 *
 * @throws {Error} with a message for the tenant's admin
 */
export async function resolveDestination(network: WebhookNetwork, url: URL, policy: Policy): Promise<string> {
  const host = hostOf(url);
  const addresses = isIP(host) === 0 ? await network.resolve(host).catch(() => []) : [host];
  const [first] = addresses;
  if (first === undefined) throw new Error("Its host name leads nowhere.");
  if (!addresses.every((address) => mayReach(address, policy))) {
    throw new Error("Its host name leads to an address that is not on the internet.");
  }
  return first;
}

function mayReach(address: string, { insecureAllowPrivateAddresses }: Policy): boolean {
  return insecureAllowPrivateAddresses === true ? isIP(address) !== 0 : isPublicAddress(address);
}

function hostOf({ hostname }: URL): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

function isLocalName(host: string): boolean {
  const name = host.endsWith(".") ? host.slice(0, -1) : host;
  return name === "localhost" || name.endsWith(".localhost");
}
