import { ScimError } from "@muster/scim-core";
import { describe, expect, it } from "vitest";
import { ProvisioningError } from "../../src/errors.ts";
import { memoryStore } from "../../src/storage/memory/index.ts";
import { failedWrite, refusal } from "../../src/sync/sync-failure.ts";
import { openWorld, refusedWith, replaceOf, type World } from "../harness.ts";

const MIRA = { userName: "Mira@acme.test", externalId: "1" } as const;

describe("failedWrite", () => {
  it("R70: files each answer of SCIM under its cause", () => {
    const cases = [
      ["uniqueness", "duplicate"],
      ["conflict", "conflict"],
      ["preconditionFailed", "conflict"],
      ["invalidValue", "validation"],
      ["invalidPath", "validation"],
      ["noTarget", "validation"],
      ["mutability", "validation"],
    ] as const;
    for (const [code, cause] of cases) {
      const error = new ScimError(code, "What happened.");
      expect(failedWrite(error, "r")).toEqual({ answer: error, filed: { cause, message: "What happened." } });
    }
  });

  it("files nothing about somebody who is not there", () => {
    for (const code of ["notFound", "unauthorized", "notImplemented"] as const) {
      expect(failedWrite(new ScimError(code, "No."), "r").filed).toBeNull();
    }
  });

  it("a refusal says both the cause and the answer", () => {
    const { answer, filed } = failedWrite(refusal("last_owner", "forbidden", "No."), "r");
    expect(answer).toMatchObject({ code: "forbidden", status: 403, scimType: undefined, message: "No." });
    expect(filed).toEqual({ cause: "last_owner", message: "No." });
  });

  it("I33: of an internal error only the request id is told; the original goes on to the log", () => {
    const secret = new Error("connect postgres://muster:hunter2@db");
    const { answer, filed } = failedWrite(secret, "request-7");
    expect(answer).toBe(secret);
    expect(filed).toEqual({
      cause: "internal",
      message: "This failed on our side. The log has the reason under request request-7.",
    });
    const away = new ProvisioningError("unavailable", "db is down at 10.0.0.1");
    expect(failedWrite(away, "r").answer).toMatchObject({ code: "unavailable", status: 503 });
    expect(JSON.stringify(failedWrite(away, "r"))).not.toContain("10.0.0.1");
  });
});

describe("a failed write", () => {
  it("R64, R67, R69, R71: is listed although nothing was saved, with subject, times and attempts", async () => {
    const world = await openWorld();
    await world.create(MIRA);
    await world.news();
    const twin = { userName: "MIRA@acme.test", externalId: "2", title: "Twin" };
    await refusedWith("uniqueness", world.create(twin));
    world.time.now = new Date("2026-03-02T00:00:00.000Z");
    const { message } = await refusedWith("uniqueness", world.create(twin));
    expect(await world.failures()).toEqual([
      {
        tenantId: "acme",
        id: expect.any(String),
        subject: { type: "User", key: "mira@acme.test", label: "MIRA@acme.test", id: null },
        operation: "create",
        cause: "duplicate",
        message,
        firstSeen: "2026-03-01T12:00:00.000Z",
        lastSeen: "2026-03-02T00:00:00.000Z",
        attempts: 2,
        resolvedAt: null,
        retry: { resourceType: "User", attributes: twin },
      },
    ]);
    expect(await world.news()).toEqual(["sync.failed"]);
    expect((await world.events()).at(-1)?.data).toMatchObject({ failure: { cause: "duplicate", attempts: 1 } });
    expect(JSON.stringify((await world.events()).at(-1))).not.toContain("retry");
    expect((await world.syncEvents())[0]).toMatchObject({
      operation: "create",
      outcome: "failed",
      cause: "duplicate",
      message,
      requestId: "request-1",
    });
  });

  it("R68: stops nobody else", async () => {
    const world = await openWorld();
    await world.create(MIRA);
    const pushed = ["a", "Mira", "b"].map((name) => world.create({ userName: `${name}@acme.test` }));
    const results = await Promise.allSettled(pushed);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("I32: has one open entry per subject and cause, which the right success closes", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await refusedWith("uniqueness", world.create({ ...MIRA, externalId: "2" }));
    await refusedWith("mutability", world.patch(id, { op: "remove", path: "userName" }));
    expect((await world.openCauses()).toSorted()).toEqual(["duplicate", "validation"]);
    // A change of the one who has the name says nothing about the one who wants it.
    await world.patch(id, replaceOf("title", "x"));
    expect(await world.openCauses()).toEqual(["duplicate"]);
    await world.patch(id, replaceOf("userName", "other@acme.test"));
    await world.create({ ...MIRA, externalId: "2" });
    expect(await world.openCauses()).toEqual([]);
  });

  it("a success that changes nothing closes too", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await refusedWith("mutability", world.patch(id, { op: "remove", path: "userName" }));
    await world.patch(id, replaceOf("userName", MIRA.userName));
    expect(await world.openCauses()).toEqual([]);
  });

  it("only creations can be tried again without the directory", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await refusedWith("mutability", world.patch(id, { op: "remove", path: "userName" }));
    expect((await world.failures())[0]).toMatchObject({ operation: "patch", retry: null, subject: { id } });
  });

  it("an unknown id is nobody's failure", async () => {
    const world = await openWorld();
    await refusedWith("notFound", world.patch("ghost", replaceOf("title", "x")));
    expect(await world.failures()).toEqual([]);
    expect(await world.syncEvents()).toEqual([]);
  });

  it("I33: of a broken store the admin reads a request id, the log the reason", async () => {
    const world = await brokenWorld(new Error("disk of secret-host is full"));
    await expect(world.create(MIRA)).rejects.toThrow("disk of secret-host is full");
    expect(await world.failures()).toMatchObject([{ cause: "internal" }]);
    expect(JSON.stringify([await world.failures(), await world.syncEvents()])).not.toContain("secret-host");
    expect(world.errors).toMatchObject([{ request: "request-1", error: "Error: disk of secret-host is full" }]);
  });

  it("a store that is away is answered 503, for reads too", async () => {
    const world = await brokenWorld(new ProvisioningError("unavailable", "away"));
    await refusedWith("unavailable", world.create(MIRA));
    await refusedWith("unavailable", world.get("x"));
  });
});

/** Directory users cannot be written or read; all the rest works. */
async function brokenWorld(error: Error): Promise<World> {
  const base = memoryStore();
  const fail = () => Promise.reject(error);
  return openWorld({
    store: {
      ...base,
      transaction: (scope, work) =>
        base.transaction(scope, (tx) => work({ ...tx, users: { ...tx.users, insert: fail, get: fail } })),
    },
  });
}
