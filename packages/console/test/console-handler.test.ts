import { type Authorization, createProvisioning, memoryStore, type Provisioning } from "@muster/provisioning-engine";
import { beforeEach, describe, expect, it } from "vitest";
import { consoleHandler } from "../src/index.ts";

const ALL: Authorization = { actor: "operator", tenants: "all", can: "all" };
const CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User";

let provisioning: Provisioning;
let token = "";
beforeEach(async () => {
  provisioning = createProvisioning({ url: "http://localhost:3000", store: memoryStore() });
  const { admin } = provisioning;
  await admin.tenants.create({ id: "acme", name: "Acme" });
  await admin.tenants.create({ id: "acme-docs", name: "Acme Docs", parent: "acme" });
  await admin.tenants.create({ id: "other", name: "Other" });
  await admin.connections.update("acme", { scimEnabled: true, consent: true });
  token = (await admin.tokens.create("acme")).token;
});

/** Opens a page as somebody. */
async function open(path: string, who: Authorization | null = ALL, init: RequestInit = {}) {
  const handle = consoleHandler({ provisioning, authorize: () => who, basePath: "/console" });
  const response = await handle(new Request(`http://localhost:3000/console${path}`, init));
  return { response, status: response.status, html: await response.text() };
}

async function push(userName: string, externalId: string, displayName = "Mira Okafor"): Promise<number> {
  const { scim } = await provisioning.admin.connections.get("acme");
  const body = { schemas: [CORE_USER], userName, externalId, displayName, active: true };
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
  const request = new Request(`${scim?.baseUrl}/Users`, { method: "POST", headers, body: JSON.stringify(body) });
  return (await provisioning.fetch(request)).status;
}

describe("who sees what", () => {
  it("shows strangers nothing, not even that there is a console", async () => {
    const { status, html } = await open("/", null);
    expect([status, html]).toEqual([404, "Not found"]);
  });

  it("shows only the viewer's tenants, and hides the others as if they did not exist", async () => {
    const who = { actor: "ann", tenants: ["acme"], can: "all" } as const;
    const { html } = await open("/", who);
    expect(html).toContain("/console/t/acme");
    expect(html).not.toContain("Other");
    for (const path of ["/t/other", "/t/other/people", "/t/%6fther/groups", "/t/nowhere", "/t/%E0%A4%A"]) {
      expect((await open(path, who)).status, path).toBe(404);
    }
  });

  it("names the right that is missing", async () => {
    const who = { actor: "ann", tenants: "all", can: ["configure"] } as const;
    const { status, html } = await open("/t/acme", who);
    expect(status).toBe(403);
    expect(html).toContain("&quot;read&quot;");
  });

  it("runs nothing, embeds nowhere, is never cached", async () => {
    const { response, html } = await open("/t/acme");
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /style-src 'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(html).toContain(`<style nonce="${nonce}">`);
    expect(html).not.toContain("<script");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });
});

describe("pages", () => {
  it("R104: the overview tells connection, seats and children", async () => {
    const { html } = await open("/t/acme");
    expect(html).toContain("/console/t/acme-docs");
    expect(html).toMatch(/scim\/v2\//);
    expect(html).toContain("0 used, no limit");
  });

  it("R103: a child says where its settings are made", async () => {
    const { html } = await open("/t/acme-docs");
    expect(html).toContain('read-only, set at <a href="/console/t/acme">');
  });

  it("R41: a person's page says what is locked and by whom", async () => {
    await push("mira@brightharbor.example", "1");
    const { html } = await open("/t/acme/people");
    const path = /href="\/console(\/t\/acme\/people\/[^"]+)"/.exec(html)?.[1] ?? "";
    const person = await open(path);
    expect(person.html).toContain("Managed by Acme");
    expect(person.html).toMatch(/mira@brightharbor\.example <span[^>]*>\(locked\)/);
  });

  it("escapes what a directory sends", async () => {
    await push("x@brightharbor.example", "1", "<img src=x onerror=alert(1)>");
    const { html } = await open("/t/acme/people");
    expect(html).toContain("&lt;img");
    expect(html).not.toContain("<img");
  });

  it("filters people, and keeps the filter in the form", async () => {
    await push("mira@brightharbor.example", "1");
    expect((await open("/t/acme/people?q=MIRA&kind=reader")).html).toContain("mira@brightharbor.example");
    const none = await open("/t/acme/people?q=nobody%22&kind=nonsense");
    expect(none.html).toContain("Nobody matches.");
    expect(none.html).toContain('value="nobody&quot;"');
  });

  it("R67: a failure is announced, listed and explained", async () => {
    expect(await push("mira@brightharbor.example", "1")).toBe(201);
    expect(await push("MIRA@brightharbor.example", "2")).toBe(409);
    expect((await open("/t/acme")).html).toContain("Sync failed for one person or group");
    const list = await open("/t/acme/failures");
    expect(list.html).toContain("Duplicate");
    const path = /href="\/console(\/t\/acme\/failures\/[^"]+)"/.exec(list.html)?.[1] ?? "";
    expect((await open(path)).html).toMatch(/class="notice">[^<]*mira@brightharbor\.example/i);
  });

  it("a page that is not there, and a thing that is not there, are 404 in a readable page", async () => {
    for (const path of ["/nowhere", "/t/nowhere", "/t/acme/people/nobody", "/t/acme/failures/none"]) {
      const { status, html } = await open(path);
      expect([status, html.includes("This does not work")], path).toEqual([404, true]);
    }
  });
});

describe("single sign-on", () => {
  it("R4, R85: says on the first page what should be done about the connection", async () => {
    expect((await open("/t/acme")).html).toContain("Nobody has signed in through the identity provider yet.");
  });

  it("R75, R76, R77: shows what to copy where, in the provider's own words", async () => {
    const { saml } = await provisioning.admin.connections.update("acme", { idpKind: "okta" });
    const { html } = await open("/t/acme/setup");
    expect(html).toContain("Set up Okta");
    expect(html).toContain("Audience URI (SP Entity ID)");
    expect(html).toContain(saml.acsUrl);
  });

  it("shows sign-ins with the reason, and takes nothing in them for markup", async () => {
    const { saml } = await provisioning.admin.connections.get("acme");
    expect((await open("/t/acme/sign-ins")).html).toContain("Nobody has signed in yet.");
    await provisioning.fetch(new Request(saml.signInUrl));
    const { html } = await open("/t/acme/sign-ins");
    expect(html).toContain("identity_provider_not_configured");
    expect(html).toContain("unknown sender");
  });
});

describe("try again", () => {
  const sameOrigin = { method: "POST", headers: { "sec-fetch-site": "same-origin" } };

  it("refuses a form that another site sends, with and without the browser's help", async () => {
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { origin: "https://elsewhere.example", host: "localhost:3000" },
      { host: "localhost:3000" },
    ]) {
      const { status } = await open("/t/acme/failures/x/retry", ALL, { method: "POST", headers });
      expect(status).toBe(403);
    }
  });

  it("needs the right to operate", async () => {
    const who = { actor: "ann", tenants: "all", can: ["read"] } as const;
    const { status, html } = await open("/t/acme/failures/x/retry", who, sameOrigin);
    expect([status, html.includes("operate")]).toEqual([403, true]);
  });

  it("tries again and comes back to the details", async () => {
    await push("mira@brightharbor.example", "1");
    await push("MIRA@brightharbor.example", "2");
    const [failure] = (await provisioning.admin.syncFailures.list("acme")).items;
    const { response } = await open(`/t/acme/failures/${failure?.id}/retry`, ALL, sameOrigin);
    expect(response.headers.get("location")).toBe(`/console/t/acme/failures/${failure?.id}`);
    expect((await provisioning.admin.syncFailures.get("acme", failure?.id ?? "")).attempts).toBe(2);
  });
});
