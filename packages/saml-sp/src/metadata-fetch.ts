/**
 * Metadata by its address. The address may be chosen by an admin of a tenant, so where it may lead is for the host to
 * say: without a list of hosts nothing is fetched.
 *
 * @module
 */
import { boundedBytes } from "./bounded-bytes.ts";
import { SamlError } from "./errors.ts";
import { MAX_METADATA_BYTES } from "./metadata-document.ts";
import {
  type IdentityProviderMetadata,
  type ReadMetadataOptions,
  readIdentityProviderMetadata,
} from "./metadata-reader.ts";

/** The host's way to the network, such as `fetch` or one through a proxy. Must end when the signal says so. */
export type FetchMetadata = (url: string, init: RequestInit) => Promise<Response>;

export interface DownloadMetadataOptions {
  readonly fetch: FetchMetadata;
  /**
   * Hosts that may be asked, each as it stands in the address, with its port if it has one.
   *
   * @example ["login.microsoftonline.com"]
   */
  readonly allowedHosts: readonly string[];
  /** Also fetches over http, which anybody on the way can change: for tests. */
  readonly insecureAllowHttp?: boolean | undefined;
}

export interface FetchMetadataOptions extends DownloadMetadataOptions, ReadMetadataOptions {}

const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 3;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Fetches and reads what an identity provider publishes about itself.
 *
 * @param url https, at an allowed host; redirects are followed within that host only
 * @throws {SamlError} `metadata_address_refused`, `metadata_unreachable`, `metadata_too_large`, and those of
 *   `readIdentityProviderMetadata`
 * @example
 * const metadata = await fetchIdentityProviderMetadata("https://acme.okta.com/app/exk1/sso/saml/metadata", {
 *   fetch,
 *   allowedHosts: ["acme.okta.com"],
 *   now: new Date(),
 * });
 */
export async function fetchIdentityProviderMetadata(
  url: string,
  options: FetchMetadataOptions,
): Promise<IdentityProviderMetadata> {
  return readIdentityProviderMetadata(await downloadMetadata(url, options), options);
}

/**
 * The first half of `fetchIdentityProviderMetadata`, for whoever decides afterwards how to read it.
 *
 * @param url as there
 * @throws {SamlError} `metadata_address_refused`, `metadata_unreachable`, `metadata_too_large`
 * @example
 * const bytes = await downloadMetadata(url, { fetch, allowedHosts: ["acme.okta.com"] });
 */
export async function downloadMetadata(url: string, options: DownloadMetadataOptions): Promise<Uint8Array> {
  if (!isAllowed(url, options)) throw refused(url);
  const response = await follow(url, options, AbortSignal.timeout(TIMEOUT_MS));
  const bytes = await reached(() => boundedBytes(response.body, MAX_METADATA_BYTES));
  if (bytes === undefined) throw tooLarge();
  return bytes;
}

/** The whole host: nothing that begins or ends alike. */
function isAllowed(url: string, { allowedHosts, insecureAllowHttp = false }: DownloadMetadataOptions): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  const isSafe = protocol === "https:" || (insecureAllowHttp && protocol === "http:");
  return isSafe && username === "" && password === "" && allowedHosts.includes(host);
}

async function follow(url: string, options: DownloadMetadataOptions, signal: AbortSignal): Promise<Response> {
  let address = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await reached(() => request(address, options, signal));
    if (response.status === 200) return response;
    // Nobody waits for the rest to be thrown away.
    response.body?.cancel().catch(() => undefined);
    if (!REDIRECTS.includes(response.status)) throw unreachable(`The answer is ${response.status}.`);
    address = redirected(address, response.headers.get("location") ?? "", options);
  }
  throw unreachable("The address redirects too often.");
}

function request(address: string, { fetch }: DownloadMetadataOptions, signal: AbortSignal): Promise<Response> {
  const headers = { accept: "application/samlmetadata+xml, application/xml, text/xml" };
  return fetch(address, { headers, redirect: "manual", signal });
}

/** Not even to another allowed host: whoever chose the address did not choose that one. */
function redirected(from: string, location: string, options: DownloadMetadataOptions): string {
  const target = URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (target?.host === new URL(from).host && isAllowed(target.href, options)) return target.href;
  throw new SamlError("metadata_address_refused", "The metadata's address redirects to another host.", {
    hint: "Give the address that it redirects to, if that is the identity provider's.",
  });
}

async function reached<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    throw unreachable("There is no answer.", cause);
  }
}

function tooLarge(): SamlError {
  return new SamlError("metadata_too_large", `The metadata is larger than ${MAX_METADATA_BYTES} bytes.`, {
    hint: "Use the address of the one identity provider's metadata, not that of a whole federation.",
  });
}

function refused(url: string): SamlError {
  const host = URL.canParse(url) ? new URL(url).host : "";
  return new SamlError("metadata_address_refused", "Metadata is not fetched from this address.", {
    hint: "It must begin with https://, and the service must allow its host. Or upload the metadata as a file.",
    details: { host },
  });
}

function unreachable(reason: string, cause?: unknown): SamlError {
  return new SamlError("metadata_unreachable", `The metadata cannot be fetched. ${reason}`, {
    hint: "Open the address in a browser: it must show XML to anybody, without a sign-in.",
    cause,
  });
}
