import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../src/index.ts";
import { SILENT_LOGGER } from "../src/logger.ts";

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const EIGHT = Array.from({ length: 8 }, (_, number) => number);

let folder = "";
const running: RunningServer[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-concurrency-"));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

interface Resource {
  readonly id: string;
  readonly userName: string;
  readonly members: readonly { readonly value: string }[];
  readonly meta: { readonly version: string };
}

interface Page {
  readonly Resources: readonly Resource[];
  readonly nextCursor?: string;
}

interface Client {
  send(method: string, path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<Response>;
  create(path: string, body: object): Promise<Resource>;
  get<Body = Resource>(path: string): Promise<Body>;
}

function clientOf(baseUrl: string, token: string): Client {
  const send: Client["send"] = (method, path, body, headers = {}) =>
    fetch(baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const read = async <Body>(response: Response): Promise<Body> => {
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Body;
  };
  return {
    send,
    create: async (path, body) => read(await send("POST", path, body)),
    get: async (path) => read(await send("GET", path)),
  };
}

async function start(store: string): Promise<{ readonly baseUrl: string; readonly token: string }> {
  const seed = { allowIdpInitiated: false };
  const server = await startServer({ host: "127.0.0.1", port: 0, store, seed, logger: SILENT_LOGGER });
  running.push(server);
  const scim = server.description.tenants[0]?.scim;
  if (scim === undefined || scim === null) throw new Error("acme has no SCIM access.");
  return scim;
}

const patchOf = (...Operations: readonly object[]): object => ({ schemas: [PATCH], Operations });
const user = (userName: string): object => ({ schemas: [USER], userName });

/** Two clients on one store: of one process in memory, of two processes' worth of server on one file. */
async function twoClients(kind: "memory" | "sqlite"): Promise<readonly [Client, Client]> {
  const store = kind === "memory" ? "memory:" : `sqlite:${join(folder, "dev.db")}`;
  const first = await start(store);
  const second = kind === "memory" ? first : await start(store);
  // Each start makes a token of its own; the connection is one.
  return [clientOf(first.baseUrl, first.token), clientOf(second.baseUrl, second.token)];
}

describe.each(["memory", "sqlite"] as const)("parallel writes, %s", (kind) => {
  it("I02: eight members that are added at once all stay", async () => {
    const clients = await twoClients(kind);
    const people = await Promise.all(EIGHT.map((number) => clients[0].create("/Users", user(`p${number}`))));
    const { id } = await clients[0].create("/Groups", { schemas: [GROUP], displayName: "All" });
    const answers = await Promise.all(
      people.map((person, index) => {
        const add = patchOf({ op: "add", path: "members", value: [{ value: person.id }] });
        return clients[index % 2]?.send("PATCH", `/Groups/${id}`, add);
      }),
    );
    expect(answers.map((answer) => answer?.status)).toEqual(EIGHT.map(() => 204));
    const { members, meta } = await clients[1].get(`/Groups/${id}`);
    expect(members.map(({ value }) => value).toSorted()).toEqual(people.map((person) => person.id).toSorted());
    expect(meta.version).toBe('W/"9"');
  });

  it("J17: of eight changes of one person at once none is lost", async () => {
    const clients = await twoClients(kind);
    const { id } = await clients[0].create("/Users", user("ada"));
    const answers = await Promise.all(
      EIGHT.map((number) => {
        const value = { value: `+49 30 ${number}`, type: `line${number}` };
        return clients[number % 2]?.send("PATCH", `/Users/${id}`, patchOf({ op: "add", path: "phoneNumbers", value }));
      }),
    );
    expect(answers.map((answer) => answer?.status)).toEqual(EIGHT.map(() => 200));
    const stored = await clients[1].get<Resource & { readonly phoneNumbers: readonly object[] }>(`/Users/${id}`);
    expect(stored.phoneNumbers).toHaveLength(8);
    expect(stored.meta.version).toBe('W/"9"');
  });

  it.each(["PUT", "PATCH"])(
    "E02, E03: of eight %s under one version one wins, and the rest are 412",
    async (method) => {
      const clients = await twoClients(kind);
      const { id, meta } = await clients[0].create("/Users", user("ada"));
      const answers = await Promise.all(
        EIGHT.map((number) => {
          const title = `title ${number}`;
          const body =
            method === "PUT" ? { ...user("ada"), title } : patchOf({ op: "replace", path: "title", value: title });
          return clients[number % 2]?.send(method, `/Users/${id}`, body, { "if-match": meta.version });
        }),
      );
      const statuses = answers.map((answer) => answer?.status).toSorted();
      expect(statuses).toEqual([200, ...Array<number>(7).fill(412)]);
      expect((await clients[1].get(`/Users/${id}`)).meta.version).toBe('W/"2"');
    },
  );

  it("J26: a walk over one server after the other loses nobody whom the directory keeps", async () => {
    const clients = await twoClients(kind);
    for (let number = 0; number < 12; number++) await clients[0].create("/Users", user(`p${number}`));
    const seen: string[] = [];
    for (let cursor: string | undefined = "", pages = 0; cursor !== undefined; pages++) {
      const page: Page = await (clients[pages % 2] ?? clients[0]).get<Page>(`/Users?count=5&cursor=${cursor}`);
      for (const { id, userName } of page.Resources) {
        seen.push(userName);
        await clients[0].send("DELETE", `/Users/${id}`);
      }
      cursor = page.nextCursor;
    }
    expect(seen.toSorted()).toEqual(Array.from({ length: 12 }, (_, number) => `p${number}`).toSorted());
  });
});

it("J24: a cursor is good after a restart", async () => {
  const store = `sqlite:${join(folder, "dev.db")}`;
  const before = await start(store);
  const client = clientOf(before.baseUrl, before.token);
  for (const name of ["ada", "bob", "cid"]) await client.create("/Users", user(name));
  const { nextCursor } = await client.get<Page>("/Users?count=2&cursor");
  await Promise.all(running.splice(0).map((server) => server.stop()));
  const after = await start(store);
  const page = await clientOf(after.baseUrl, after.token).get<Page>(`/Users?cursor=${nextCursor}`);
  expect(page.Resources.map(({ userName }) => userName)).toEqual(["cid"]);
  expect(page.nextCursor).toBeUndefined();
});
