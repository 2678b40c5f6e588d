import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openScimSession, type ScimSession, STORES } from "./scim-session.ts";

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const EIGHT = Array.from({ length: 8 }, (_, number) => number);

let folder = "";
let open: ScimSession[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-concurrency-"));
});
afterEach(async () => {
  await closeAll();
  rmSync(folder, { recursive: true, force: true });
});

async function closeAll(): Promise<void> {
  await Promise.all(open.map((session) => session.close()));
  open = [];
}

/** A server on the file of this test. */
async function serveFile(): Promise<ScimSession> {
  const session = await openScimSession("sqlite", { store: `sqlite:${join(folder, "dev.db")}` });
  open.push(session);
  return session;
}

/** Clients of two servers on one file; of one server in memory. */
async function twoClients(store: (typeof STORES)[number]): Promise<readonly [ScimSession, ScimSession]> {
  if (store === "sqlite") return [await serveFile(), await serveFile()];
  const session = await openScimSession("memory");
  open.push(session);
  return [session, session];
}

const user = (userName: string): object => ({ schemas: [USER], userName });
const patchOf = (...Operations: readonly object[]): object => ({ schemas: [PATCH], Operations });

async function create({ send }: ScimSession, path: string, body: object): Promise<{ id: string; version: string }> {
  const { status, body: created, text } = await send("POST", path, body);
  if (status !== 201) throw new Error(text);
  return { id: created.id, version: created.meta.version };
}

describe.each(STORES)("parallel writes, %s", (store) => {
  it("I02: eight members that are added at once all stay", async () => {
    const clients = await twoClients(store);
    const people = await Promise.all(EIGHT.map((number) => create(clients[0], "/Users", user(`p${number}`))));
    const { id } = await create(clients[0], "/Groups", { schemas: [GROUP], displayName: "All" });
    const answers = await Promise.all(
      people.map(({ id: value }, index) =>
        clients[index % 2]?.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value }] }),
      ),
    );
    expect(answers.map((answer) => answer?.status)).toEqual(EIGHT.map(() => 200));
    const { body } = await clients[1].send("GET", `/Groups/${id}`);
    const members = body.members.map(({ value }: { readonly value: string }) => value);
    expect(members.toSorted()).toEqual(people.map((person) => person.id).toSorted());
    expect(body.meta.version).toBe('W/"9"');
  });

  it("J17: of eight changes of one person at once none is lost", async () => {
    const clients = await twoClients(store);
    const { id } = await create(clients[0], "/Users", user("ada"));
    const answers = await Promise.all(
      EIGHT.map((number) => {
        const value = { value: `+49 30 ${number}`, type: `line${number}` };
        return clients[number % 2]?.patch(`/Users/${id}`, { op: "add", path: "phoneNumbers", value });
      }),
    );
    expect(answers.map((answer) => answer?.status)).toEqual(EIGHT.map(() => 200));
    const { body } = await clients[1].send("GET", `/Users/${id}`);
    expect(body.phoneNumbers).toHaveLength(8);
    expect(body.meta.version).toBe('W/"9"');
  });

  it.each(["PUT", "PATCH"])("E02, E03: of eight %s under one version one wins, the rest are 412", async (method) => {
    const clients = await twoClients(store);
    const { id, version } = await create(clients[0], "/Users", user("ada"));
    const answers = await Promise.all(
      EIGHT.map((number) => {
        const title = `title ${number}`;
        const change = patchOf({ op: "replace", path: "title", value: title });
        const body = method === "PUT" ? { ...user("ada"), title } : change;
        return clients[number % 2]?.send(method, `/Users/${id}`, body, { "if-match": version });
      }),
    );
    const statuses = answers.map((answer) => answer?.status).toSorted();
    expect(statuses).toEqual([200, ...Array<number>(7).fill(412)]);
    expect((await clients[1].send("GET", `/Users/${id}`)).headers.get("etag")).toBe('W/"2"');
  });

  it("J26: a walk over one server after the other loses nobody when those it met are deleted", async () => {
    const clients = await twoClients(store);
    for (let number = 0; number < 12; number++) await create(clients[0], "/Users", user(`p${number}`));
    const seen: string[] = [];
    for (let cursor: string | undefined = "", pages = 0; cursor !== undefined; pages++) {
      const { body } = await (clients[pages % 2] ?? clients[0]).send("GET", `/Users?count=5&cursor=${cursor}`);
      for (const { id, userName } of body.Resources) {
        seen.push(userName);
        await clients[0].send("DELETE", `/Users/${id}`);
      }
      cursor = body.nextCursor;
    }
    expect(seen.toSorted()).toEqual(Array.from({ length: 12 }, (_, number) => `p${number}`).toSorted());
  });
});

it("J24: a cursor is good after a restart", async () => {
  const before = await serveFile();
  for (const name of ["ada", "bob", "cid"]) await create(before, "/Users", user(name));
  const { nextCursor } = (await before.send("GET", "/Users?count=2&cursor")).body;
  await closeAll();
  const { body } = await (await serveFile()).send("GET", `/Users?cursor=${nextCursor}`);
  expect(body).toMatchObject({ totalResults: 3, Resources: [{ userName: "cid" }] });
  expect(body).not.toHaveProperty("nextCursor");
});
