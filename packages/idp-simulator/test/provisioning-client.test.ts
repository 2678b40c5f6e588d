import { describe, expect, it } from "vitest";
import {
  createEntraClient,
  createOktaClient,
  createOneLoginClient,
  type DirectoryPerson,
  makeGroups,
  makePeople,
  TEAM_ACCOUNT_USER,
} from "../src/index.ts";
import { type Asked, listOf, type ScriptedService, scriptedService } from "./scripted-service.ts";

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const [mira] = makePeople(1) as [DirectoryPerson];
const [editors] = makeGroups(1);
const current = {
  id: "1",
  userName: "old@x.example",
  name: { givenName: "Mira", familyName: "Okafor" },
  nickName: "M",
};

function service(): ScriptedService {
  return scriptedService({
    "GET /Users": listOf(),
    "POST /Users": { id: "1" },
    "GET /Users/1": current,
    "PATCH /Users/1": current,
    "PUT /Users/1": current,
    "DELETE /Users/1": null,
    "GET /Groups": listOf(),
    "POST /Groups": { id: "g" },
    "PATCH /Groups/g": null,
  });
}

function operations(asked: Asked | undefined): unknown {
  return (asked as { body: { Operations: unknown } }).body.Operations;
}

describe("createEntraClient", () => {
  const start = () => {
    const sp = service();
    return { sp, client: createEntraClient({ baseUrl: "http://sp.example", token: "t", fetch: sp.fetch }) };
  };

  it("probes with a filter that matches nobody", async () => {
    const { sp, client } = start();
    await client.probe();
    expect(sp.asked[0]?.line).toMatch(/^GET \/Users\?filter=userName eq "[0-9a-f-]{36}"$/);
  });

  it("matches before it creates, and leaves the extension out of schemas", async () => {
    const { sp, client } = start();
    await client.provisionPerson(mira);
    expect(sp.asked.map(({ line }) => line)).toEqual([
      `GET /Users?filter=userName eq "${mira.userName}"`,
      "POST /Users",
    ]);
    expect(sp.asked[1]?.body).toMatchObject({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
      externalId: mira.externalId,
      active: true,
      [TEAM_ACCOUNT_USER]: { isTeamAccount: "True" },
    });
  });

  it("creates nobody who is there already", async () => {
    const sp = scriptedService({ "GET /Users": listOf({ id: "7" }) });
    const client = createEntraClient({ baseUrl: "http://sp.example", token: "t", fetch: sp.fetch });
    expect((await client.provisionPerson(mira)).id).toBe("7");
    expect(sp.asked).toHaveLength(1);
  });

  it("updates by capitalised operations, one path each, booleans as text", async () => {
    const { sp, client } = start();
    await client.updatePerson("1", { email: "m@x.example", department: "Docs", isTeamAccount: false });
    expect(operations(sp.asked[0])).toEqual([
      { op: "Replace", path: 'emails[type eq "work"].value', value: "m@x.example" },
      { op: "Replace", path: `${ENTERPRISE}:department`, value: "Docs" },
      { op: "Replace", path: `${TEAM_ACCOUNT_USER}:isTeamAccount`, value: "False" },
    ]);
  });

  it("disables, restores and purges", async () => {
    const { sp, client } = start();
    await client.disablePerson("1");
    await client.restorePerson("1");
    await client.deletePerson("1");
    expect(operations(sp.asked[0])).toEqual([{ op: "Replace", path: "active", value: "False" }]);
    expect(operations(sp.asked[1])).toEqual([{ op: "Replace", path: "active", value: "True" }]);
    expect(sp.asked[2]?.line).toBe("DELETE /Users/1");
  });

  it("creates a group empty, then adds members, and removes them by a value array", async () => {
    const { sp, client } = start();
    await client.provisionGroup(editors as NonNullable<typeof editors>, ["1", "2"]);
    await client.removeMembers("g", ["2"]);
    await client.renameGroup("g", "Writers");
    expect(sp.asked.slice(0, 2).map(({ line }) => line)).toEqual([
      'GET /Groups?excludedAttributes=members&filter=displayName eq "Docs editors"',
      "POST /Groups",
    ]);
    expect(sp.asked[1]?.body).not.toHaveProperty("members");
    const both = [
      { $ref: null, value: "1" },
      { $ref: null, value: "2" },
    ];
    expect(operations(sp.asked[2])).toEqual([{ op: "Add", path: "members", value: both }]);
    expect(operations(sp.asked[3])).toEqual([{ op: "Remove", path: "members", value: [{ $ref: null, value: "2" }] }]);
    expect(operations(sp.asked[4])).toEqual([{ op: "Replace", path: "displayName", value: "Writers" }]);
  });
});

describe("createOktaClient", () => {
  const start = () => {
    const sp = service();
    return { sp, client: createOktaClient({ baseUrl: "http://sp.example", token: "t", fetch: sp.fetch }) };
  };

  it("reads, then puts the whole object back", async () => {
    const { sp, client } = start();
    await client.updatePerson("1", { familyName: "Lind", isTeamAccount: true });
    expect(sp.asked.map(({ line }) => line)).toEqual(["GET /Users/1", "PUT /Users/1"]);
    expect(sp.asked[1]?.body).toEqual({
      ...current,
      name: { givenName: "Mira", familyName: "Lind" },
      [TEAM_ACCOUNT_USER]: { isTeamAccount: true },
    });
  });

  it("disables by a path-less PATCH and removes members by a filter each", async () => {
    const { sp, client } = start();
    await client.disablePerson("1");
    await client.removeMembers("g", ["1", "2"]);
    expect(operations(sp.asked[1])).toEqual([{ op: "replace", value: { active: false } }]);
    expect(operations(sp.asked[2])).toEqual([
      { op: "remove", path: 'members[value eq "1"]' },
      { op: "remove", path: 'members[value eq "2"]' },
    ]);
  });
});

describe("createOneLoginClient", () => {
  it("puts the whole object also to suspend", async () => {
    const sp = service();
    const client = createOneLoginClient({ baseUrl: "http://sp.example", token: "t", fetch: sp.fetch });
    await client.createPerson(mira);
    await client.disablePerson("1");
    expect(sp.asked[0]?.body).toMatchObject({
      [TEAM_ACCOUNT_USER]: { isTeamAccount: true },
      externalId: mira.externalId,
    });
    expect(sp.asked[2]).toMatchObject({ line: "PUT /Users/1", body: { ...current, active: false } });
  });
});
