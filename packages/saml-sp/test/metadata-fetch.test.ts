import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type FetchMetadataOptions, fetchIdentityProviderMetadata } from "../src/metadata-fetch.ts";

const OKTA = readFileSync(new URL("fixtures/metadata/okta.xml", import.meta.url), "utf8");
const ADDRESS = "https://acme.okta.com/metadata";

type Answers = Readonly<Record<string, () => Response | Promise<Response>>>;

/** Fetches from a network of these addresses; tells which were asked. */
async function fetchFrom(url: string, answers: Answers, options: Partial<FetchMetadataOptions> = {}) {
  const asked: string[] = [];
  const requests: RequestInit[] = [];
  const fetch: FetchMetadataOptions["fetch"] = async (address, init) => {
    asked.push(address);
    requests.push(init);
    const answer = answers[address];
    if (answer === undefined) throw new TypeError("fetch failed: 10.0.0.1 refused the connection");
    return answer();
  };
  const settings = { fetch, allowedHosts: ["acme.okta.com"], now: new Date("2026-03-01T12:00:00Z"), ...options };
  const outcome = await fetchIdentityProviderMetadata(url, settings).catch((error: unknown) => error);
  return { outcome, asked, requests };
}

const xml = () => new Response(OKTA);
const redirect =
  (location: string, status = 302) =>
  () =>
    new Response(null, { status, headers: { location } });

describe("fetchIdentityProviderMetadata", () => {
  it("reads what is published at an allowed host, with one bounded request", async () => {
    const { outcome, asked, requests } = await fetchFrom(ADDRESS, { [ADDRESS]: xml });
    expect(outcome).toMatchObject({ entityId: "http://www.okta.com/exk0000000000000000" });
    expect(asked).toEqual([ADDRESS]);
    expect(requests[0]).toMatchObject({ redirect: "manual", signal: expect.any(AbortSignal) });
  });

  it.each([
    ["a host that is not allowed", "https://evil.example/metadata"],
    ["a host that ends alike", "https://evil-acme.okta.com/metadata"],
    ["a host that begins alike", "https://acme.okta.com.evil.example/metadata"],
    ["another port", "https://acme.okta.com:8443/metadata"],
    ["http", "http://acme.okta.com/metadata"],
    ["a file", "file:///etc/passwd"],
    ["a user name", "https://admin@acme.okta.com/metadata"],
    ["a password", "https://admin:secret@acme.okta.com/metadata"],
    ["an internal address", "https://169.254.169.254/latest/meta-data"],
    ["no address", "metadata"],
  ])("refuses %s, and asks nobody", async (_, address) => {
    const { outcome, asked } = await fetchFrom(address, { [address]: xml });
    expect(outcome).toMatchObject({ code: "metadata_address_refused", httpStatus: 400 });
    expect(JSON.stringify(outcome)).not.toContain("secret");
    expect(asked).toEqual([]);
  });

  it("asks nobody without a list of hosts", async () => {
    const { outcome, asked } = await fetchFrom(ADDRESS, { [ADDRESS]: xml }, { allowedHosts: [] });
    expect([outcome, asked]).toEqual([expect.objectContaining({ code: "metadata_address_refused" }), []]);
  });

  it("takes http where the host says so", async () => {
    const address = "http://localhost:8080/metadata";
    const options = { allowedHosts: ["localhost:8080"], insecureAllowHttp: true };
    expect((await fetchFrom(address, { [address]: xml }, options)).outcome).toMatchObject({ ssoBinding: "redirect" });
  });

  it("follows redirects within the host", async () => {
    const answers = {
      [ADDRESS]: redirect("/a", 301),
      "https://acme.okta.com/a": redirect("b", 308),
      "https://acme.okta.com/b": xml,
    };
    expect((await fetchFrom(ADDRESS, answers)).outcome).toMatchObject({ ssoBinding: "redirect" });
  });

  it.each([
    ["another host", "https://evil.example/"],
    ["another host, which is allowed", "https://other.okta.com/"],
    ["another scheme", "http://acme.okta.com/"],
    ["a user name", "https://x@acme.okta.com/"],
    ["nowhere", "https://"],
  ])("follows none to %s", async (_, location) => {
    const answers = { [ADDRESS]: redirect(location), [location]: xml };
    const { outcome, asked } = await fetchFrom(ADDRESS, answers, { allowedHosts: ["acme.okta.com", "other.okta.com"] });
    expect(outcome).toMatchObject({ code: "metadata_address_refused" });
    expect(asked).toEqual([ADDRESS]);
  });

  it("follows a loop three times", async () => {
    const { outcome, asked } = await fetchFrom(ADDRESS, { [ADDRESS]: redirect(ADDRESS) });
    expect(outcome).toMatchObject({ code: "metadata_unreachable" });
    expect(asked).toHaveLength(4);
  });

  it.each([
    ["404", () => new Response("not here", { status: 404 }), "The answer is 404."],
    ["304", () => new Response(null, { status: 304 }), "The answer is 304."],
    ["a failure", () => Promise.reject(new TypeError("10.0.0.1")), "There is no answer."],
    ["a body that breaks off", () => new Response(broken()), "There is no answer."],
  ])("says what came instead: %s", async (_, answer, reason) => {
    const { outcome } = await fetchFrom(ADDRESS, { [ADDRESS]: answer });
    expect(outcome).toMatchObject({ code: "metadata_unreachable", message: expect.stringContaining(reason) });
    expect((outcome as Error).message).not.toContain("10.0.0.1");
  });

  it("stops reading behind a megabyte", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const { outcome } = await fetchFrom(ADDRESS, { [ADDRESS]: () => new Response(endless) });
    expect(outcome).toMatchObject({ code: "metadata_too_large", httpStatus: 413 });
    expect(pulled).toBeLessThan(25);
  });

  it("refuses what a browser would be shown without a sign-in", async () => {
    const page = () => new Response("<html><body>Sign in</body></html>");
    expect((await fetchFrom(ADDRESS, { [ADDRESS]: page })).outcome).toMatchObject({ code: "metadata_invalid" });
  });

  it("reads the one entity that is asked for, signed", async () => {
    const { outcome } = await fetchFrom(ADDRESS, { [ADDRESS]: xml }, { entityId: "https://other.example" });
    expect(outcome).toMatchObject({ code: "metadata_entity_not_found" });
    const unsigned = await fetchFrom(ADDRESS, { [ADDRESS]: xml }, { signingCertificates: [certificateOf(OKTA)] });
    expect(unsigned.outcome).toMatchObject({ code: "metadata_signature_missing" });
  });
});

function broken(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.error(new TypeError("10.0.0.1 hung up")) });
}

function certificateOf(metadata: string): string {
  const base64 = /<ds:X509Certificate>([^<]+)/.exec(metadata)?.[1];
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}
