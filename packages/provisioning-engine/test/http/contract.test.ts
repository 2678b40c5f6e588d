import { createTestIdentityProvider } from "@muster/saml-sp/testing";
import { expect, it } from "vitest";
import { connect, eventually, type Json, startWorld, type World } from "../admin/harness.ts";
import { type DescribedApi, describedApi } from "./described-api.ts";

/** What is sent to operations that need a body, or that act on something of their own. `{names}` are filled in. */
interface Example {
  readonly operation: string;
  readonly body?: unknown;
  /** Keeps an id of the answer under this name, for paths that follow. */
  readonly keeps?: string;
}

const IDP_METADATA = createTestIdentityProvider({
  entityId: "https://idp.acme.test",
  ssoUrl: "https://idp.acme.test/sso",
}).metadata();

/** In an order in which each finds what it acts on. Operations that only read need no example. */
const EXAMPLES: readonly Example[] = [
  { operation: "POST /tenants", body: { id: "acme", name: "Acme", seatLimits: { user: 2 } } },
  { operation: "PATCH /tenants/{tenant}", body: { name: "Acme Inc.", seatLimits: { user: 3, reader: null } } },
  { operation: "PATCH /tenants/{tenant}/connection", body: { scimEnabled: true, consent: true, groupSync: true } },
  {
    operation: "PATCH /tenants/{tenant}/connection",
    body: { inviteExisting: true, idp: { metadata: IDP_METADATA } },
  },
  { operation: "POST /tenants/{tenant}/connection/tokens", body: { label: "Entra" }, keeps: "token" },
  { operation: "POST /tenants/{tenant}/connection/clients", body: { label: "Okta" }, keeps: "client" },
  { operation: "POST /tenants/{tenant}/accounts", body: { userName: "olga", kind: "user", role: "Owner" } },
  {
    operation: "POST /tenants/{tenant}/accounts",
    body: { userName: "hand", email: "hand@acme.test", kind: "user" },
    keeps: "account",
  },
  { operation: "PATCH /tenants/{tenant}/accounts/{account}", body: { role: "Editor", contentAccess: { space: 1 } } },
  { operation: "POST /tenants/{tenant}/accounts/{account}/invitation" },
  { operation: "POST /tenants/{tenant}/accounts/{account}/link-approval" },
  { operation: "POST /tenants/{tenant}/groups", body: { name: "Docs", kind: "user" }, keeps: "group" },
  { operation: "PATCH /tenants/{tenant}/groups/{group}", body: { name: "Writers", contentAccess: ["a"] } },
  { operation: "PUT /tenants/{tenant}/groups/{group}/members/{account}" },
  {
    operation: "PUT /tenants/{tenant}/role-rules",
    body: { rules: [{ when: { attribute: { path: "title", present: true } }, then: { kind: "user" } }] },
  },
  { operation: "POST /tenants/{tenant}/explain", body: { resource: { userName: "mira", title: "Writer" } } },
  {
    operation: "POST /tenants/{tenant}/explain",
    body: { all: true, settings: { onSeatLimit: "reject", allowOwnerRole: true }, seatLimits: { user: 1 } },
  },
  { operation: "DELETE /tenants/{tenant}/groups/{group}/members/{account}" },
  { operation: "POST /tenants/{tenant}/webhooks", body: { url: "https://hooks.acme.test/muster" }, keeps: "webhook" },
  { operation: "PATCH /tenants/{tenant}/webhooks/{webhook}", body: { enabled: true } },
  { operation: "POST /tenants/{tenant}/webhooks/{webhook}/rotate-secret", body: { overlapHours: 1 } },
  { operation: "POST /tenants/{tenant}/webhooks/{webhook}/test" },
  { operation: "POST /tenants/{tenant}/webhooks/{webhook}/redeliver", body: { since: "2026-01-01T00:00:00Z" } },
  { operation: "POST /tenants/{tenant}/connection/idp/preview", body: { metadata: IDP_METADATA } },
  { operation: "POST /tenants/{tenant}/sync-failures/{failure}/retry" },
  { operation: "DELETE /tenants/{tenant}/groups/{group}" },
  { operation: "DELETE /tenants/{tenant}/webhooks/{webhook}" },
  { operation: "DELETE /tenants/{tenant}/connection/tokens/{token}" },
  { operation: "DELETE /tenants/{tenant}/connection/clients/{client}" },
  { operation: "POST /tenants/{tenant}/connection/archive", body: { mode: "deactivateAccounts" } },
  { operation: "POST /tenants/{tenant}/connection/restore" },
  { operation: "DELETE /tenants/{tenant}/accounts/{account}" },
];

/** Up to here everything is there that a reading operation may ask for. */
const FULL = "DELETE /tenants/{tenant}/groups/{group}";

it("contract 5: the description is a document of OpenAPI 3.1", async () => {
  expect(await (await describedApi(startWorld())).problems()).toEqual([]);
});

/** A network in which every webhook is taken. */
const NETWORK = { resolve: async () => ["8.8.8.8"], post: async () => ({ status: 204, retryAfter: null }) };

it("contract 5: every operation takes and answers what the description says", async () => {
  const world = startWorld({ webhooks: { network: NETWORK } });
  const described = await describedApi(world);
  const values: Record<string, string> = { tenant: "acme" };
  const called = new Set<string>();
  const call = async ({ operation, body, keeps }: Example): Promise<void> => {
    const answer = await send(world, described, operation, values, body);
    if (keeps !== undefined) values[keeps] = answer.id;
    called.add(operation);
  };
  for (const example of EXAMPLES) {
    if (example.operation === FULL) for (const operation of readingOperations(described)) await call({ operation });
    if (example.operation.endsWith("/restore")) await archived(world);
    if (example.operation.includes("{failure}")) values.failure = await failedPush(world);
    if (described.canBeTried(example.operation)) await trySending(world, described, values, example);
    await call(example);
  }
  expect([...called].toSorted()).toEqual(described.operations.toSorted());
});

it("R98: every write can be tried whose effect reaches people", async () => {
  const { operations, canBeTried } = await describedApi(startWorld());
  const others = operations.filter((operation) => !operation.startsWith("GET ") && !canBeTried(operation));
  // Secrets that are shown once, permissions for later, where events are posted, and what is a question itself.
  expect(others.toSorted()).toEqual([
    "DELETE /tenants/{tenant}/connection/clients/{client}",
    "DELETE /tenants/{tenant}/connection/tokens/{token}",
    "DELETE /tenants/{tenant}/webhooks/{webhook}",
    "PATCH /tenants/{tenant}/webhooks/{webhook}",
    "POST /tenants/{tenant}/accounts/{account}/invitation",
    "POST /tenants/{tenant}/accounts/{account}/link-approval",
    "POST /tenants/{tenant}/connection/clients",
    "POST /tenants/{tenant}/connection/idp/preview",
    "POST /tenants/{tenant}/connection/tokens",
    "POST /tenants/{tenant}/explain",
    "POST /tenants/{tenant}/webhooks",
    "POST /tenants/{tenant}/webhooks/{webhook}/redeliver",
    "POST /tenants/{tenant}/webhooks/{webhook}/rotate-secret",
    "POST /tenants/{tenant}/webhooks/{webhook}/test",
  ]);
});

it("contract 5: refusals are described too", async () => {
  const world = startWorld();
  const described = await describedApi(world);
  const refusals: readonly (readonly [string, unknown])[] = [
    ["GET /tenants/{tenant}", undefined],
    ["POST /tenants", { id: "NO", more: 1 }],
    ["PATCH /tenants/{tenant}/connection", { scimEnabled: true }],
  ];
  for (const [operation, body] of refusals) {
    const [method = "", path = ""] = operation.split(" ");
    const { status, body: answer } = await world.api(method, path.replace("{tenant}", "nobody"), body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(described.answerProblems(operation, status, answer)).toEqual([]);
  }
});

it("the judge notices what is not as described", async () => {
  const described = await describedApi(startWorld());
  expect(described.answerProblems("GET /tenants/{tenant}", 200, { id: 7 })).not.toEqual([]);
  expect(described.answerProblems("GET /tenants/{tenant}", 201, {})).not.toEqual([]);
  expect(described.requestProblems("POST /tenants", { id: "acme", more: 1 })).not.toEqual([]);
});

async function archived({ admin }: World): Promise<void> {
  await eventually(async () => expect((await admin.connections.get("acme")).archive?.state).toBe("archived"));
}

function readingOperations({ operations }: DescribedApi): readonly string[] {
  return operations.filter((operation) => operation.startsWith("GET "));
}

/** The same, as a trial: with the simulation in the answer, and 200 where nothing else is answered. */
async function trySending(
  world: World,
  described: DescribedApi,
  values: Readonly<Record<string, string>>,
  { operation, body }: Example,
): Promise<void> {
  const inBody = described.document.paths[operation.split(" ")[1] ?? ""][methodOf(operation)].requestBody !== undefined;
  const tried = inBody ? { ...(body as object | undefined), simulate: true } : undefined;
  const answer = await send(world, described, operation, values, tried, inBody ? "" : "?simulate=true");
  expect(answer.simulation, operation).toMatchObject({ impact: { examined: expect.any(Number) } });
}

function methodOf(operation: string): string {
  return operation.split(" ")[0]?.toLowerCase() ?? "";
}

async function send(
  { api }: World,
  described: DescribedApi,
  operation: string,
  values: Readonly<Record<string, string>>,
  body: unknown,
  query = "",
): Promise<Json> {
  expect(described.requestProblems(operation, body), operation).toEqual([]);
  const [method = "", path = ""] = operation.split(" ");
  const { status, body: answer } = await api(
    method,
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "") + query,
    body,
  );
  expect([operation, status, described.answerProblems(operation, status, answer)]).toEqual([
    operation,
    expect.toSatisfy((value: number) => value < 300),
    [],
  ]);
  return answer;
}

/** @returns the id of a failure that can be tried again: somebody who found no seat */
async function failedPush(world: World): Promise<string> {
  const { admin } = world;
  await admin.connections.update("acme", { onSeatLimit: "reject" });
  const directory = await connect(world, "acme");
  await directory.push({ userName: "ada", team: true });
  await expect(directory.push({ userName: "bob", team: true })).rejects.toThrow("403");
  const [failure] = (await admin.syncFailures.list("acme")).items;
  return failure?.id ?? "";
}
