/**
 * A connection keeps up with the metadata of its identity provider: what must hold on any store.
 *
 * @module
 */
import { readCertificates } from "@muster/saml-sp";
import { createTestIdentityProvider, TEST_KEY_PAIRS, type TestKeyPair } from "@muster/saml-sp/testing";
import { afterEach, expect, it, vi } from "vitest";
import {
  type Admin,
  type ConnectionView,
  createProvisioning,
  type IdentityProviderChange,
  type Provisioning,
  type Store,
} from "../../src/index.ts";
import { eventually } from "../admin/harness.ts";

const ADDRESS = "https://idp.example/metadata";
const { identityProvider: A, stranger: B, serviceProvider: C } = TEST_KEY_PAIRS;
const HOUR_MS = 3_600_000;

interface Document {
  readonly entityId?: string;
  readonly ssoUrl?: string;
  readonly sloUrl?: string;
  readonly certificates?: readonly string[];
  /** Of the root element. */
  readonly attributes?: string;
}

function metadata({
  entityId = "https://idp.example",
  ssoUrl = "https://idp.example/sso",
  sloUrl,
  certificates = [A.certificate],
  attributes = "",
}: Document): string {
  const keys = certificates.map((pem) => {
    const base64 = pem.replace(/-----[^-]+-----|\s/g, "");
    return `<m:KeyDescriptor><d:KeyInfo><d:X509Data><d:X509Certificate>${base64}</d:X509Certificate></d:X509Data></d:KeyInfo></m:KeyDescriptor>`;
  });
  const service = (name: string, url: string) =>
    `<m:${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${url}"/>`;
  return [
    `<m:EntityDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:d="http://www.w3.org/2000/09/xmldsig#"`,
    ` entityID="${entityId}" ${attributes}>`,
    `<m:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keys.join("")}`,
    sloUrl === undefined ? "" : service("SingleLogoutService", sloUrl),
    `${service("SingleSignOnService", ssoUrl)}</m:IDPSSODescriptor></m:EntityDescriptor>`,
  ].join("");
}

const fingerprintOf = ({ certificate }: { readonly certificate: string }) =>
  readCertificates(certificate)[0]?.fingerprint ?? "";
const names = (view: ConnectionView | undefined) => view?.idp?.certificates.map(({ fingerprint }) => fingerprint);
const warnings = ({ warnings }: ConnectionView) =>
  warnings.map(({ code }) => code).filter((code) => code.startsWith("metadata"));

interface World {
  readonly asked: string[];
  readonly store: Store;
  admin(): Admin;
  view(tenant?: string): Promise<ConnectionView>;
  /** What is at the address from now on. */
  publish(next: Document | Error | (() => Response)): void;
  pass(hours: number): void;
  now(): number;
  /** Starts the engine anew, and lets the connections that are due have their turn. */
  turn(writes?: number): Promise<ConnectionView>;
  /** Posts an answer that nobody asked for, signed with these keys, and says how it was refused. */
  signIn(tenant: string, keys: TestKeyPair): Promise<string>;
  /** Another engine on the same store. */
  join(): Promise<void>;
  events(): Promise<readonly { readonly type: string }[]>;
}

const running: Provisioning[] = [];
const closeAll = () => Promise.all(running.splice(0).map((engine) => engine.close()));
afterEach(async () => {
  vi.useRealTimers();
  await closeAll();
});

/** `acme` with a child and a connection that has fetched its metadata. */
async function start(newStore: () => Store, idp: IdentityProviderChange = {}): Promise<World> {
  const time = { now: new Date("2026-03-01T12:00:00.000Z") };
  const asked: string[] = [];
  let document: Document | Error | (() => Response) = {};
  const fetch = async (url: string) => {
    asked.push(url);
    if (document instanceof Error) throw document;
    return typeof document === "function" ? document() : new Response(metadata(document));
  };
  const silent = () => {};
  const store = newStore();
  const open = () => {
    const engine = createProvisioning({
      url: "https://app.example.com",
      store,
      clock: () => time.now,
      logger: { debug: silent, info: silent, warn: silent, error: silent },
      sso: { metadata: { allowedHosts: ["idp.example"], fetch } },
    });
    running.push(engine);
    return engine;
  };
  let engine = open();
  await engine.admin.tenants.create({ id: "acme" });
  await engine.admin.tenants.create({ id: "docs", parent: "acme" });
  const { id } = await engine.admin.connections.update("acme", {
    allowIdpInitiated: true,
    idp: { metadataUrl: ADDRESS, ...idp },
  });
  const version = () =>
    store.transaction({ tenantId: null }, async (tx) => (await tx.connections.get(id))?.version ?? 0);
  const view = (tenant = "acme") => engine.admin.connections.get(tenant);
  return {
    asked,
    store,
    admin: () => engine.admin,
    view,
    publish: (next) => {
      document = next;
    },
    pass: (hours) => {
      time.now = new Date(time.now.getTime() + hours * HOUR_MS);
    },
    now: () => time.now.getTime(),
    turn: async (writes = 2) => {
      const before = await version();
      await closeAll();
      engine = open();
      await engine.ready();
      await eventually(async () => expect(await version()).toBe(before + writes));
      return view();
    },
    signIn: async (tenant, keys) => {
      const { saml: serviceProvider } = await view(tenant);
      const provider = { entityId: "https://idp.example", ssoUrl: "https://idp.example/sso", clock: () => time.now };
      const answer = { serviceProvider, nameId: "ada", attributes: { email: "ada@acme.example" } };
      const { samlResponse } = createTestIdentityProvider({ ...provider, keys }).respond(answer);
      const body = new URLSearchParams({ SAMLResponse: samlResponse });
      const init = { method: "POST", body, headers: { accept: "application/json" } };
      const answered = await engine.fetch(new Request(serviceProvider.acsUrl, init));
      return ((await answered.json()) as { error: { code: string } }).error.code;
    },
    join: () => open().ready(),
    events: async () => {
      const { items } = await engine.admin.events.list("acme");
      return items.filter(({ type }) => type.startsWith("connection."));
    },
  };
}

/** @param newStore an empty store */
export function metadataCases(newStore: () => Store): void {
  it("R85: a certificate that is added is trusted, one that is withdrawn is not any more; both are in the audit log", async () => {
    const { publish, pass, turn, admin, events, view } = await start(newStore);
    expect(names(await view())).toEqual([fingerprintOf(A)]);
    publish({ certificates: [A.certificate, B.certificate] });
    pass(6);
    expect(names(await turn())).toEqual([A, B].map(fingerprintOf));
    expect(names(await view("docs"))).toEqual([A, B].map(fingerprintOf));
    publish({ certificates: [B.certificate] });
    pass(6);
    expect(names(await turn())).toEqual([fingerprintOf(B)]);
    const [newest] = (await admin().audit.list("acme")).items;
    expect(newest).toMatchObject({
      action: "connection.metadata_applied",
      actor: { type: "job", id: "metadata" },
      before: { idp: { certificates: [A, B].map(fingerprintOf) } },
      after: { idp: { certificates: [fingerprintOf(B)] } },
    });
    expect(JSON.stringify(newest)).not.toContain("BEGIN");
    expect(await events()).toMatchObject([
      { type: "connection.metadata_changed", applied: true, difference: { certificatesAdded: [fingerprintOf(B)] } },
      { type: "connection.metadata_changed", applied: true, difference: { certificatesRemoved: [fingerprintOf(A)] } },
    ]);
  });

  it("R85: nothing is written about metadata that says the same, and it is read when its publisher wants that", async () => {
    const { publish, pass, turn, admin, events, view, asked } = await start(newStore);
    const after = async (hours: number) => Date.parse((await view()).metadata?.nextAt ?? "") - hours * HOUR_MS;
    const at = (text: string) => Date.parse(text);
    expect(await after(6)).toBe(at("2026-03-01T12:00:00Z"));
    const entries = (await admin().audit.list("acme")).items.length;
    pass(6);
    publish({ attributes: `cacheDuration="PT12H"` });
    expect((await turn()).metadata).toMatchObject({ readAt: "2026-03-01T18:00:00.000Z", failure: null });
    expect(await after(12)).toBe(at("2026-03-01T18:00:00Z"));
    pass(12);
    publish({ attributes: `cacheDuration="P30D" validUntil="2026-03-02T14:00:00Z"` });
    expect((await turn()).metadata?.validUntil).toBe("2026-03-02T14:00:00.000Z");
    expect(await after(4)).toBe(at("2026-03-02T06:00:00Z"));
    pass(4);
    publish({ attributes: `cacheDuration="PT1S"` });
    await turn();
    expect(await after(1)).toBe(at("2026-03-02T10:00:00Z"));
    pass(1);
    publish({ attributes: `cacheDuration="P30D"` });
    await turn();
    expect(await after(24)).toBe(at("2026-03-02T11:00:00Z"));
    expect([(await admin().audit.list("acme")).items.length, await events(), asked.length]).toEqual([entries, [], 5]);
  });

  it("R85: what cannot be read changes nothing, is told once, shown, and tried again ever more rarely", async () => {
    const { publish, pass, turn, view, events, now } = await start(newStore);
    const before = await view();
    publish(() => new Response("not there", { status: 503 }));
    pass(6);
    const since: unknown[] = [];
    for (const minutes of [5, 10, 20, 40]) {
      const { metadata } = await turn();
      since.push(metadata?.failure?.since);
      expect(Date.parse(metadata?.nextAt ?? "") - now()).toBe(minutes * 60_000);
      pass(minutes / 60);
    }
    const failed = await view();
    expect([names(failed), failed.idp?.ssoUrl]).toEqual([names(before), before.idp?.ssoUrl]);
    expect(new Set(since).size).toBe(1);
    expect(failed.metadata?.failure).toMatchObject({ code: "metadata_unreachable", attempts: 4 });
    expect(failed.metadata?.failure?.message).not.toContain("not there");
    expect(warnings(failed)).toEqual(["metadata_failed"]);
    expect(warnings(await view("docs"))).toEqual(["metadata_failed"]);
    expect(await events()).toMatchObject([{ type: "connection.metadata_failed", failure: { attempts: 1 } }]);
    publish({});
    const healed = await turn();
    expect([healed.metadata?.failure, warnings(healed)]).toEqual([null, []]);
  });

  it.each<[string, Document | Error | (() => Response), string]>([
    ["another provider", { entityId: "https://evil.example" }, "metadata_entity_not_found"],
    ["no certificate", { certificates: [] }, "metadata_certificate_missing"],
    ["that is past its end", { attributes: `validUntil="2026-03-01T17:00:00Z"` }, "metadata_expired"],
    ["a page to sign in at", () => new Response("<html>Sign in</html>"), "metadata_invalid"],
    ["nowhere to sign in", { ssoUrl: "javascript:alert(1)" }, "metadata_sso_missing"],
    ["too much", () => new Response("x".repeat(2_000_000)), "metadata_too_large"],
    ["an error", new TypeError("10.0.0.1 hung up"), "metadata_unreachable"],
    [
      "a way to another host",
      () => new Response(null, { status: 302, headers: { location: "https://evil.example/" } }),
      "metadata_address_refused",
    ],
  ])("R85: metadata of %s is not followed", async (_, document, code) => {
    const { publish, pass, turn, view } = await start(newStore);
    const before = await view();
    publish(document);
    pass(6);
    const after = await turn();
    expect([after.idp, after.metadata?.failure?.code]).toEqual([before.idp, code]);
    expect(JSON.stringify(after)).not.toContain("10.0.0.1");
  });

  it("R10: where a signer is known, unsigned metadata replaces no key", async () => {
    const { publish, pass, turn, admin } = await start(newStore);
    await admin().connections.update("acme", { idp: { metadataCertificates: [C.certificate] } });
    publish({ certificates: [B.certificate] });
    pass(6);
    const view = await turn();
    expect([names(view), view.metadata?.failure?.code]).toEqual([[fingerprintOf(A)], "metadata_signature_missing"]);
  });

  it("R85: what an admin typed stays, whatever the metadata repeats", async () => {
    const { publish, pass, turn, admin } = await start(newStore);
    const certificates = [A.certificate, C.certificate];
    await admin().connections.update("acme", { idp: { certificates, ssoUrl: "https://proxy.example/sso" } });
    publish({ certificates: [A.certificate, B.certificate], sloUrl: "https://idp.example/slo" });
    pass(6);
    const view = await turn();
    expect(names(view)).toEqual([A, C, B].map(fingerprintOf));
    expect(view.idp).toMatchObject({ ssoUrl: "https://proxy.example/sso", sloUrl: "https://idp.example/slo" });
    publish({ ssoUrl: "https://idp.example/sso2" });
    pass(6);
    const later = await turn();
    expect(names(later)).toEqual([A, C].map(fingerprintOf));
    expect([later.idp?.ssoUrl, later.idp?.sloUrl]).toEqual(["https://idp.example/sso2", undefined]);
  });

  it("R85: the last certificate in use is not taken away", async () => {
    const { publish, pass, turn, admin } = await start(newStore);
    publish({ certificates: [A.certificate, B.certificate] });
    pass(6);
    await turn();
    await admin().connections.update("acme", { idp: { certificates: [A.certificate] } });
    publish({ certificates: [B.certificate] });
    pass(6);
    const view = await turn();
    expect([names(view), view.metadata?.failure?.code]).toEqual([[fingerprintOf(A)], "metadata_certificate_missing"]);
  });

  it("R4: another address to sign in at has yet to prove that it works", async () => {
    const { publish, pass, turn, store, view } = await start(newStore);
    const { id } = await view();
    await store.transaction({ tenantId: "acme" }, async ({ connections }) => {
      const record = await connections.get(id);
      if (record === null) throw new Error("no connection");
      await connections.update({ ...record, verifiedAt: "2026-03-01T12:00:00.000Z", version: record.version + 1 });
    });
    publish({ certificates: [B.certificate] });
    pass(6);
    expect((await turn()).verifiedAt).not.toBeNull();
    publish({ certificates: [B.certificate], ssoUrl: "https://idp.example/sso2" });
    pass(6);
    expect((await turn()).verifiedAt).toBeNull();
  });

  it("R85: an admin who wants to be asked is told once, and decides", async () => {
    const { publish, pass, turn, admin, events } = await start(newStore, { metadataRefresh: "notify" });
    publish({ certificates: [B.certificate], ssoUrl: "https://idp.example/sso2" });
    pass(6);
    const told = await turn();
    expect([names(told), warnings(told)]).toEqual([[fingerprintOf(A)], ["metadata_changed"]]);
    const difference = {
      fields: [{ field: "ssoUrl", from: "https://idp.example/sso", to: "https://idp.example/sso2" }],
      certificatesAdded: [fingerprintOf(B)],
      certificatesRemoved: [fingerprintOf(A)],
    };
    expect(told.metadata?.announced).toEqual(difference);
    pass(6);
    await turn();
    expect(await events()).toMatchObject([{ type: "connection.metadata_changed", applied: false, difference }]);
    const saved = await admin().connections.update("acme", { idp: { metadataUrl: ADDRESS } });
    expect([names(saved), warnings(saved), saved.metadata?.announced]).toEqual([[fingerprintOf(B)], [], null]);
  });

  it("R85: what was announced and taken back is forgotten; what waits is applied when that is wanted", async () => {
    const { publish, pass, turn, admin } = await start(newStore, { metadataRefresh: "notify" });
    publish({ certificates: [A.certificate, B.certificate] });
    pass(6);
    expect(warnings(await turn())).toEqual(["metadata_changed"]);
    publish({});
    pass(6);
    expect(warnings(await turn())).toEqual([]);
    publish({ certificates: [A.certificate, B.certificate] });
    pass(6);
    await turn();
    await admin().connections.update("acme", { idp: { metadataRefresh: "automatic" } });
    const applied = await turn();
    expect([names(applied), warnings(applied)]).toEqual([[A, B].map(fingerprintOf), []]);
  });

  it("R85: nobody looks where nobody wants to, nor while the connection is closed, and a child never", async () => {
    const { pass, turn, admin, view, asked, publish } = await start(newStore, { metadataRefresh: "off" });
    publish({ certificates: [B.certificate] });
    expect((await view()).metadata).toMatchObject({ nextAt: null });
    await admin().connections.update("acme", { state: "disabled", idp: { metadataRefresh: "automatic" } });
    pass(48);
    expect(names(await turn(1))).toEqual([fingerprintOf(A)]);
    await admin().connections.update("acme", { state: "active" });
    pass(48);
    expect(names(await turn())).toEqual([fingerprintOf(B)]);
    expect(asked.length).toBe(2);
    await admin().connections.update("acme", { idp: { metadataUrl: null } });
    expect((await view()).metadata).toBeNull();
    const due = await admin().tenants.get("docs");
    expect(due.connection.metadata).toBeNull();
  });

  it("R85: is read soon when somebody signs with a key that it did not hold, at most once an hour", async () => {
    const { publish, pass, turn, view, signIn } = await start(newStore);
    publish({ certificates: [A.certificate, B.certificate] });
    const nextAt = async () => Date.parse((await view()).metadata?.nextAt ?? "");
    const before = await nextAt();
    expect(await signIn("docs", B)).toBe("signature_invalid");
    expect(await nextAt()).toBe(before);
    pass(1);
    expect(await signIn("docs", B)).toBe("signature_invalid");
    expect(names(await turn())).toEqual([A, B].map(fingerprintOf));
    expect(await signIn("docs", B)).toBe("not_provisioned");
    const after = await nextAt();
    expect(await signIn("acme", C)).toBe("signature_invalid");
    expect(await nextAt()).toBe(after);
  });

  it("R85: a stranger's signature does not shorten the pauses after a failure", async () => {
    const { publish, pass, turn, view, signIn } = await start(newStore);
    publish(new TypeError("no way"));
    pass(6);
    const { metadata } = await turn();
    expect(await signIn("acme", C)).toBe("signature_invalid");
    expect((await view()).metadata).toEqual(metadata);
  });

  it("R114: a child that is unlinked keeps up by itself", async () => {
    const { admin, view, publish, pass, store } = await start(newStore);
    const { metadata } = await view();
    await admin().tenants.update("docs", { parent: null });
    expect((await view("docs")).metadata).toEqual(metadata);
    publish({ certificates: [B.certificate] });
    pass(6);
    const now = (await view()).metadata?.nextAt ?? "";
    const due = await store.transaction({ tenantId: null }, (tx) => tx.connections.metadataDue(now, 9));
    expect(due.map(({ tenantId }) => tenantId).toSorted()).toEqual(["acme", "docs"]);
  });

  it("R85: happens by itself, once, however many engines share the store", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { publish, pass, asked, view, join } = await start(newStore);
    await join();
    publish({ certificates: [B.certificate] });
    await minutes(3);
    expect(asked).toHaveLength(1);
    pass(6);
    await minutes(3);
    expect([names(await view()), asked.length]).toEqual([[fingerprintOf(B)], 2]);
  });
}

/** What is done in the meantime takes its time. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute++) {
    await vi.advanceTimersByTimeAsync(60_000);
    for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve));
  }
}
