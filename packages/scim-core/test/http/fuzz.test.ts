/**
 * Random and mutated requests, the same ones at every run: no fault of ours, no long thought, no touched prototype, and
 * the next request is answered.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/testing/json.ts";
import { GROUP_URN, openScim, PATCH_OP_URN, type Scim, TEAM_URN, USER_URN } from "../harness.ts";

/** CI's size; `pnpm fuzz scim 200000` asks for more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2_000);
const SEED = 20_260_301;
/** A full service is put away from time to time: what is slow must not be the number of resources. */
const REQUESTS_PER_SERVICE = 500;
const BUDGET_MS = 100;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

/** Deterministic numbers from 0 to below 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = ReturnType<typeof generator>;
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;

const FOLDER = fileURLToPath(new URL("../fixtures/transcripts", import.meta.url));
const RECORDED: readonly Sent[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8")).steps)
  .map(({ request: { method, path, body } }: { request: { method: string; path: string; body?: Json } }) => ({
    method,
    path: path.replaceAll(/\{\{[^}]*\}\}/g, "x"),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }));

const FILTERS = [
  'userName eq "ada"',
  'emails[type eq "work" and value co "@"].value pr',
  'not (active eq true) or (title pr and userType ne "x")',
  `${TEAM_URN}:isTeamAccount eq "True"`,
  'meta.lastModified gt "2026-01-01T00:00:00Z" and id eq "x"',
  'members[value eq "x" or display sw "é\\u00e9\\""]',
];
const PATHS = ["userName", "name.givenName", 'emails[type eq "work"].value', "members", TEAM_URN, `${TEAM_URN}:badge`];
const SHARDS = [
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "members", "schemas", "id", "meta"],
  ...[
    '"',
    "\\",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    ":",
    ".",
    ",",
    " and ",
    " or not ",
    " eq ",
    "\u0000",
    "\ud800",
    "é",
    "İ",
  ],
  ...["null", "true", "-0", "1e999", "9007199254740993", '""', "[]", "{}", '"True"', "bulkId:x", USER_URN, "%", "%00"],
];
const VALUES: readonly Json[] = [
  null,
  true,
  0,
  1e21,
  "",
  "x",
  "\u2028",
  [],
  [[]],
  {},
  { value: "x" },
  [{ value: 1 }, 7],
];

function requestTo(random: Random, ids: readonly string[]): Sent {
  const kind = random();
  if (kind < 0.35) return mutated(random, pick(random, RECORDED));
  if (kind < 0.55)
    return { method: "GET", path: `/Users?${new URLSearchParams({ filter: spoil(random, pick(random, FILTERS)) })}` };
  if (kind < 0.8) return patchOf(random, ids);
  if (kind < 0.9) return bulkOf(random);
  return {
    method: "POST",
    path: pick(random, ["/Users", "/Groups", "/.search"]),
    body: JSON.stringify(resource(random)),
  };
}

function mutated(random: Random, { method, path, body }: Sent): Sent {
  const sent = { method, path: random() < 0.4 ? spoil(random, path) : path };
  if (body === undefined) return sent;
  return { ...sent, body: random() < 0.8 ? spoil(random, body) : body };
}

function patchOf(random: Random, ids: readonly string[]): Sent {
  const operations = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
    op: pick(random, ["add", "Replace", "remove", "move", "__proto__"]),
    ...(random() < 0.8 ? { path: random() < 0.5 ? pick(random, PATHS) : spoil(random, pick(random, PATHS)) } : {}),
    ...(random() < 0.8 ? { value: value(random, 3) } : {}),
  }));
  const path = `/${pick(random, ["Users", "Groups"])}/${pick(random, ids)}`;
  return { method: "PATCH", path, body: JSON.stringify({ schemas: [PATCH_OP_URN], Operations: operations }) };
}

function bulkOf(random: Random): Sent {
  const operations = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, number) => ({
    method: pick(random, ["POST", "PUT", "PATCH", "DELETE", "GET"]),
    path: pick(random, ["/Users", "/Groups", "/Users/bulkId:0", "/Groups/bulkId:1", "/Bulk", "/../Users", "x"]),
    ...(random() < 0.8 ? { bulkId: String(number) } : {}),
    ...(random() < 0.8 ? { data: resource(random) } : {}),
  }));
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"];
  return { method: "POST", path: "/Bulk", body: JSON.stringify({ schemas, Operations: operations }) };
}

function resource(random: Random): Json {
  const names = [
    "displayName",
    "emails",
    "members",
    "active",
    "roles",
    TEAM_URN,
    "__proto__",
    "constructor",
    "manager",
  ];
  const fields = Array.from({ length: 4 }, () => [pick(random, names), value(random, 3)]);
  return {
    schemas: [pick(random, [USER_URN, GROUP_URN])],
    userName: `u${Math.floor(random() * 50)}`,
    ...Object.fromEntries(fields),
  };
}

function value(random: Random, depth: number): Json {
  if (depth === 0 || random() < 0.5) return pick(random, VALUES);
  if (random() < 0.5) return [value(random, depth - 1), { value: `bulkId:${Math.floor(random() * 3)}` }];
  return { [pick(random, ["value", "type", "primary", "__proto__", "givenName"])]: value(random, depth - 1) };
}

/** One to three edits: something cut out, doubled or put in. */
function spoil(random: Random, text: string): string {
  let spoiled = text;
  for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits--) {
    const at = Math.floor(random() * (spoiled.length + 1));
    const to = Math.min(spoiled.length, at + Math.floor(random() * 12));
    const put = pick(random, [pick(random, SHARDS), spoiled.slice(at, to).repeat(2), ""]);
    spoiled = spoiled.slice(0, at) + put + spoiled.slice(random() < 0.5 ? to : at);
  }
  return spoiled;
}

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function freshService(): Promise<{ readonly scim: Scim; readonly ids: readonly string[] }> {
  const scim = openScim();
  const ada = await scim.createUser("ada", { emails: [{ value: "ada@acme.example", type: "work" }] });
  return { scim, ids: [ada, await scim.createGroup("team", [ada]), "x"] };
}

/** A pause of the collector is none of the request's doing: what seems slow is asked again. */
async function isSlow(request: Sent): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const { scim } = await freshService();
    if ((await cpuOf(() => scim.send(request.method, request.path, request.body))) <= BUDGET_MS) return false;
  }
  return true;
}

describe("any request", { timeout: 60_000 + 10 * RUNS }, () => {
  it(`J44, A33, B28, D50: ${RUNS} of them: no 5xx, no hang, no touched prototype`, async () => {
    const random = generator(SEED);
    const untouched = () =>
      [Object.prototype, Array.prototype, Function.prototype].map(Object.getOwnPropertyNames).join();
    const before = untouched();
    let service = await freshService();
    for (let run = 0; run < RUNS; run++) {
      if (run % REQUESTS_PER_SERVICE === 0) service = await freshService();
      const request = requestTo(random, service.ids);
      const { scim } = service;
      let status = 0;
      const spent = await cpuOf(async () => {
        status = (await scim.send(request.method, request.path, request.body)).status;
      });
      const said = `${run}: ${JSON.stringify(request)}`;
      if (status >= 500 && status !== 501) expect.fail(`${said} answered ${status}: ${String(scim.errors.at(-1))}`);
      if (untouched() !== before) expect.fail(`${said} touched a prototype`);
      if (spent > BUDGET_MS && (await isSlow(request))) expect.fail(`${said} took ${spent.toFixed(0)} ms`);
    }
    expect((await service.scim.get("/Users?count=1")).status).toBe(200);
  });
});
