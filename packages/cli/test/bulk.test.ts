import { BULK_REQUEST_URN, ENTERPRISE_USER_URN, GROUP_URN, PATCH_OP_URN, USER_URN } from "@muster/scim-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, openScimSession, type ScimSession, STORES } from "./scim-session.ts";

interface Result {
  readonly status: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: { readonly scimType?: string; readonly detail: string };
}

describe.each(STORES)("bulk requests to the engine, %s", (store) => {
  let session: ScimSession;
  beforeEach(async () => {
    session = await openScimSession(store);
  });
  afterEach(() => session.close());

  async function bulk(...operations: readonly object[]): Promise<readonly Result[]> {
    const { status, body } = await session.send("POST", "/Bulk", {
      schemas: [BULK_REQUEST_URN],
      Operations: operations,
    });
    expect(status).toBe(200);
    return body.Operations;
  }

  function read(location = ""): Promise<Answer> {
    return session.send("GET", location.slice(location.lastIndexOf("/", location.lastIndexOf("/") - 1)));
  }

  const post = (bulkId: string, manager?: string): object => {
    const reports = manager === undefined ? {} : { [ENTERPRISE_USER_URN]: { manager: { value: manager } } };
    const data = { schemas: [USER_URN], userName: `${bulkId}@acme.test`, active: true, ...reports };
    return { method: "POST", path: "/Users", bulkId, data };
  };
  const postGroup = (displayName: string, ...members: readonly string[]): object => {
    const data = { schemas: [GROUP_URN], displayName, members: members.map((value) => ({ value })) };
    return { method: "POST", path: "/Groups", bulkId: displayName, data };
  };

  const postNested = (displayName: string, inner: string): object => {
    const data = { schemas: [GROUP_URN], displayName, members: [{ type: "Group", value: inner }] };
    return { method: "POST", path: "/Groups", bulkId: displayName, data };
  };

  it("F01, F02, F06, J20: people, their group and changes of both, referred to by bulkId", async () => {
    const operations = await bulk(
      post("ada"),
      postGroup("Docs", "bulkId:ada", "bulkId:bob"),
      post("bob"),
      {
        method: "PATCH",
        path: "/Users/bulkId:bob",
        data: { schemas: [PATCH_OP_URN], Operations: [{ op: "replace", path: "active", value: false }] },
      },
      {
        method: "PATCH",
        path: "/Groups/bulkId:Docs",
        data: { schemas: [PATCH_OP_URN], Operations: [{ op: "remove", path: 'members[value eq "bulkId:ada"]' }] },
      },
    );
    expect(operations.map(({ status }) => status)).toEqual(["201", "201", "201", "200", "200"]);
    const [, docs, bob] = operations;
    expect((await read(bob?.location)).body).toMatchObject({ userName: "bob@acme.test", active: false });
    const { members } = (await read(docs?.location)).body;
    expect(members.map(({ $ref }: { readonly $ref: string }) => $ref)).toEqual([bob?.location]);
  });

  it("J19: two who manage each other", async () => {
    const [ada, bob] = await bulk(post("ada", "bulkId:bob"), post("bob", "bulkId:ada"));
    expect([ada?.status, bob?.status]).toEqual(["201", "201"]);
    for (const [one, other] of [
      [ada, bob],
      [bob, ada],
    ]) {
      const { body } = await read(one?.location);
      expect(body.meta.version).toBe(one?.version);
      expect(body[ENTERPRISE_USER_URN].manager.$ref).toBe(other?.location);
    }
  });

  it("J11, J19: two groups that have each other as members are refused, and nothing is left of them", async () => {
    const operations = await bulk(postNested("Docs", "bulkId:Help"), postNested("Help", "bulkId:Docs"));
    expect(operations.map(({ status }) => status)).toEqual(["409", "400"]);
    expect((await session.send("GET", "/Groups?count=0")).body.totalResults).toBe(0);
  });

  it("F07: each operation is a transaction of its own", async () => {
    const operations = await bulk(
      post("ada"),
      { ...post("ada"), bulkId: "again" },
      postNested("Docs", "nobody"),
      post("bob"),
    );
    expect(operations).toMatchObject([
      { status: "201" },
      { status: "409", response: { scimType: "uniqueness" } },
      { status: "400", response: { scimType: "invalidValue" } },
      { status: "201" },
    ]);
    expect((await session.send("GET", "/Users?count=0")).body.totalResults).toBe(2);
    expect((await session.send("GET", "/Groups?count=0")).body.totalResults).toBe(0);
  });

  it("F04, F05: tells its limits, and keeps them", async () => {
    const { body } = await session.send("GET", "/ServiceProviderConfig");
    expect(body.bulk).toEqual({ supported: true, maxOperations: 1000, maxPayloadSize: 1024 * 1024 });
    const removal = { method: "DELETE", path: "/Users/nobody" };
    const tooMany = { schemas: [BULK_REQUEST_URN], Operations: Array.from({ length: 1001 }, () => removal) };
    expect((await session.send("POST", "/Bulk", tooMany)).status).toBe(413);
    const tooLarge = { schemas: [BULK_REQUEST_URN], Operations: [], padding: "x".repeat(1024 * 1024) };
    expect((await session.send("POST", "/Bulk", tooLarge)).status).toBe(413);
  });

  it("G01: is described with the extensions of the host", async () => {
    const { status, body } = await session.send("GET", "/openapi.json");
    expect(status).toBe(200);
    const { properties } = body.components.schemas.User;
    expect(
      properties["urn:ietf:params:scim:schemas:extension:document360:2.0:User"].properties.isTeamAccount,
    ).toMatchObject({ type: "boolean" });
  });
});
