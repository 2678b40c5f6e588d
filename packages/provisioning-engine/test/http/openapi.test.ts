import { createTestIdentityProvider } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import { ANSWERS, type Answer } from "../../src/http/answers/answers.ts";
import { ROUTES } from "../../src/http/routes/index.ts";
import { connect, ENGINE_URL, eventually, type Json, startWorld, type World } from "../admin/harness.ts";

const IDP = createTestIdentityProvider({ entityId: "https://idp.example", ssoUrl: "https://idp.example/sso" });

/** The public key of RFC 8037, appendix A.2. */
const ED25519 = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" } as const;

async function description({ api }: World): Promise<Json> {
  const { status, body } = await api("GET", "/openapi.json");
  expect(status).toBe(200);
  return body;
}

describe("GET /openapi.json", () => {
  it("contract 5: describes every route, and nothing else", async () => {
    const { paths } = await description(startWorld());
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations as object).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.toSorted()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it.each([
    "POST /tenants",
    "GET /tenants/{tenant}",
    "PATCH /tenants/{tenant}",
    "GET /tenants/{tenant}/accounts",
    "PATCH /tenants/{tenant}/accounts/{account}",
    "DELETE /tenants/{tenant}/accounts/{account}",
    "GET /tenants/{tenant}/groups",
    "POST /tenants/{tenant}/groups",
    "PUT /tenants/{tenant}/groups/{group}/members/{account}",
    "DELETE /tenants/{tenant}/groups/{group}/members/{account}",
    "PATCH /tenants/{tenant}/connection",
    "POST /tenants/{tenant}/connection/tokens",
    "GET /tenants/{tenant}/connection/tokens",
    "DELETE /tenants/{tenant}/connection/tokens/{token}",
    "POST /tenants/{tenant}/connection/clients",
    "GET /tenants/{tenant}/connection/clients",
    "DELETE /tenants/{tenant}/connection/clients/{client}",
    "GET /tenants/{tenant}/sync-events",
    "GET /tenants/{tenant}/sync-failures",
    "POST /tenants/{tenant}/sync-failures/{failure}/retry",
    "GET /tenants/{tenant}/audit",
    "GET /tenants/{tenant}/sign-ins",
    "POST /tenants/{tenant}/connection/idp/preview",
    "GET /tenants/{tenant}/connection/setup-guide",
    "GET /idp-presets",
    "GET /tenants/{tenant}/events",
    "POST /tenants/{tenant}/webhooks",
    "PATCH /tenants/{tenant}/webhooks/{webhook}",
    "POST /tenants/{tenant}/webhooks/{webhook}/test",
    "POST /tenants/{tenant}/webhooks/{webhook}/redeliver",
  ])("contract 5: has %s", async (operation) => {
    const [method = "", path = ""] = operation.split(" ");
    const { paths } = await description(startWorld());
    expect(paths[path]?.[method.toLowerCase()]).toBeDefined();
  });

  it("C5: names each operation as the method of admin that it calls, and leaves none out", async () => {
    const world = startWorld();
    const { paths } = await description(world);
    const operations: Json[] = Object.values(paths).flatMap((methods) => Object.values(methods as Json));
    const { as: _, explain, resources: __, ...areas } = world.admin;
    const methods = Object.entries(areas).flatMap(([area, functions]) =>
      Object.keys(functions).map((name) => `${area}.${name}`),
    );
    expect(explain).toBeTypeOf("function");
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual([...methods, "explain"].toSorted());
    for (const { operationId, tags } of operations) expect(tags).toEqual([operationId.split(".")[0]]);
  });

  it("resolves all its references, and names path parameters, bodies and statuses", async () => {
    const document = await description(startWorld());
    expect([document.openapi, document.servers[0].url]).toEqual(["3.1.0", `${ENGINE_URL}/admin/v1`]);
    for (const [, reference = ""] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = reference.split("/").reduce((at: Json, key) => at?.[key], document);
      expect(target, reference).toBeDefined();
    }
    const { patch } = document.paths["/tenants/{tenant}/accounts/{account}"];
    expect(patch.parameters.map(({ name }: Json) => name)).toEqual(["tenant", "account"]);
    expect(patch.requestBody.content["application/json"].schema.additionalProperties).toBe(false);
    expect(Object.keys(patch.responses)).toEqual(["200", "default"]);
    const { post } = document.paths["/tenants/{tenant}/connection/tokens"];
    expect(post.requestBody.required).toBe(false);
  });

  it("its answers are what the API answers", async () => {
    const network = { resolve: async () => ["8.8.8.8"], post: async () => ({ status: 204, retryAfter: null }) };
    const world = startWorld({ webhooks: { network } });
    const { api, admin, send } = world;
    await admin.tenants.create({ id: "acme", seatLimits: { user: 1 } });
    const { body: webhook } = await api("POST", "/tenants/acme/webhooks", { url: "https://hooks.example.com/" });
    expectShape({ name: "NewWebhook", page: false }, webhook);
    await admin.tenants.create({ id: "acme-docs", parent: "acme" });
    const directory = await connect(world, "acme");
    await directory.pushGroup("Docs", [await directory.push({ userName: "ada", team: true })]);
    await directory.push({ userName: "bob", team: true });
    const { body: client } = await api("POST", "/tenants/acme/connection/clients", {});
    expectShape({ name: "NewClient", page: false }, client);
    const trusted = { issuer: "https://login.acme.test/", audience: "muster", jwks: { keys: [ED25519] } };
    await admin.connections.update("acme", { scimJwt: trusted });
    const { saml } = await admin.connections.get("acme");
    await send(saml.signInUrl.slice(ENGINE_URL.length));
    await admin.connections.update("acme", { idp: { metadata: IDP.metadata() } });
    const preview = await api("POST", "/tenants/acme/connection/idp/preview", { metadata: IDP.metadata() });
    expectShape({ name: "IdentityProviderPreview", page: false }, preview.body);
    const [failure] = (await admin.syncFailures.list("acme")).items;
    const [account] = (await admin.accounts.list("acme")).items;
    const values: Readonly<Record<string, string | undefined>> = {
      tenant: "acme",
      account: account?.id,
      failure: failure?.id,
      webhook: webhook.id,
    };
    await eventually(async () => expect((await admin.webhooks.deliveries("acme", webhook.id)).items).not.toEqual([]));
    const readable = ROUTES.filter(({ method }) => method === "GET");
    for (const { path, answer } of readable) {
      const { status, body } = await api(
        "GET",
        path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""),
      );
      expect([path, status]).toEqual([path, 200]);
      for (const item of answer?.page ? body.items : [body]) expectShape(answer, item);
      if (answer?.page) expect(body.items.length, path).toBeGreaterThan(0);
    }
    const { body: token } = await api("POST", "/tenants/acme/connection/tokens", {});
    expectShape({ name: "NewToken", page: false }, token);
    expectShape({ name: "Error", page: false }, (await api("GET", "/tenants/nobody")).body);
  });
});

/** Of the named shape, and without a field more. */
function expectShape(answer: Answer | undefined, value: Json): void {
  const shape = ANSWERS[answer?.name ?? "Error"];
  const { data, error } = shape.safeParse(value);
  expect(error?.issues).toBeUndefined();
  expect(data).toEqual(value);
}
