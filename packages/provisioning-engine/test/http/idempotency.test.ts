import { describe, expect, it } from "vitest";
import type { Authorization } from "../../src/index.ts";
import { memoryStore } from "../../src/storage/memory/index.ts";
import { EVERYTHING, eventually, startWorld } from "../admin/harness.ts";

const ADA = { userName: "ada", kind: "reader" };

async function start(options: Parameters<typeof startWorld>[0] = {}) {
  const actors = new Map<string, Authorization>([["Bearer olga", EVERYTHING]]);
  const authorize = (request: Request) => actors.get(request.headers.get("authorization") ?? "") ?? null;
  const world = startWorld({ ...options, admin: { authorize } });
  await world.admin.tenants.create({ id: "acme" });
  const post = (key: string | null, body: unknown = ADA, path = "/accounts", actor = "olga") => {
    actors.set(`Bearer ${actor}`, { ...EVERYTHING, actor });
    const headers = new Headers({ authorization: `Bearer ${actor}`, "content-type": "application/json" });
    if (key !== null) headers.set("idempotency-key", key);
    return world.send(`/admin/v1/tenants/acme${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  };
  const names = async () => (await world.admin.accounts.list("acme")).items.map(({ userName }) => userName);
  return { ...world, post, names };
}

describe("Idempotency-Key", () => {
  it("I34: the same request again is answered again, and done and audited once", async () => {
    const { post, names, admin, time } = await start();
    const first = await post("k1");
    const again = await post("k1");
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    time.now = new Date(time.now.getTime() + 23 * 3_600_000);
    expect((await post("k1")).body).toEqual(first.body);
    expect(await names()).toEqual(["ada"]);
    const created = (await admin.audit.list("acme")).items.filter(({ action }) => action === "account.created");
    expect(created).toHaveLength(1);
  });

  it("without the header, or with another key, it is another request", async () => {
    const { post } = await start();
    const statuses = [await post("k1"), await post(null), await post("k2")].map(({ status }) => status);
    expect(statuses).toEqual([201, 409, 409]);
  });

  it("refuses a key that came with another body", async () => {
    const { post, names } = await start();
    await post("k1");
    const { status, body } = await post("k1", { ...ADA, userName: "bob" });
    expect([status, body.error.code]).toEqual([422, "idempotency_key_reused"]);
    expect(await names()).toEqual(["ada"]);
  });

  it("R98: a request that is only tried uses no key up", async () => {
    const { post, names } = await start();
    const tried = await post("k1", { ...ADA, simulate: true });
    expect([tried.status, tried.body.simulation.total]).toEqual([201, 1]);
    expect((await post("k1", { ...ADA, kind: "user", simulate: true })).status).toBe(201);
    expect(await names()).toEqual([]);
    expect((await post("k1")).status).toBe(201);
    expect(await names()).toEqual(["ada"]);
  });

  it("the order of fields makes no other body", async () => {
    const { post } = await start();
    const first = await post("k1", { userName: "ada", kind: "reader" });
    expect((await post("k1", { kind: "reader", userName: "ada" })).body).toEqual(first.body);
  });

  it("of twenty at once one is done, and the others are told to wait or get its answer", async () => {
    const { post, names } = await start();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post("k1")));
    for (const { status, body } of answers) {
      if (status === 201) expect(body.userName).toBe("ada");
      else expect([status, body.error.code]).toEqual([409, "idempotency_in_progress"]);
    }
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect(await names()).toEqual(["ada"]);
  });

  it("what was refused was not done: the same key may try again", async () => {
    const { post, admin } = await start();
    await admin.tenants.update("acme", { seatLimits: { reader: 0 } });
    expect((await post("k1")).body.error.code).toBe("seat_limit");
    await admin.tenants.update("acme", { seatLimits: { reader: 1 } });
    expect((await post("k1")).status).toBe(201);
  });

  it("keys of two actors, and of two addresses, are not the same", async () => {
    const { post, names } = await start();
    await post("k1");
    const other = await post("k1", { ...ADA, userName: "bob" }, "/accounts", "otto");
    expect([other.status, other.body.userName]).toEqual([201, "bob"]);
    expect((await post("k1", { name: "Docs", kind: "reader" }, "/groups")).status).toBe(201);
    expect(await names()).toEqual(["ada", "bob"]);
  });

  it("I33: remembers no secret: a token is made once and shown once", async () => {
    const store = memoryStore();
    const kept: string[] = [];
    const watched = {
      ...store,
      transaction: ((scope, work) =>
        store.transaction(scope, (tx) =>
          work({
            ...tx,
            oneTime: {
              ...tx.oneTime,
              put: (...row) => {
                kept.push(JSON.stringify(row));
                return tx.oneTime.put(...row);
              },
            },
          }),
        )) as typeof store.transaction,
    };
    const { post, admin } = await start({ store: watched });
    const first = await post("k1", {}, "/connection/tokens");
    expect([first.status, typeof first.body.token]).toEqual([201, "string"]);
    const again = await post("k1", {}, "/connection/tokens");
    expect([again.status, again.body.error.code]).toEqual([409, "shown_once"]);
    expect((await admin.tokens.list("acme")).items).toHaveLength(1);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.join()).not.toContain(first.body.token);
  });

  it("J28: a key whose request never ended is free after a minute, and a late end changes nothing", async () => {
    let calls = 0;
    const hang = () => (++calls === 1 ? new Promise<void>(() => {}) : undefined);
    const hooks = { before: { "account.created": hang }, deadlineSeconds: 0.2 };
    const { post, time } = await start({ hooks });
    const hanging = post("k1");
    await eventually(async () => expect(calls).toBe(1));
    expect((await post("k1")).body.error.code).toBe("idempotency_in_progress");
    time.now = new Date(time.now.getTime() + 31_000);
    expect((await post("k1")).body.error.code).toBe("idempotency_in_progress");
    time.now = new Date(time.now.getTime() + 31_000);
    const second = await post("k1");
    expect(second.status).toBe(201);
    expect((await hanging).status).toBe(500);
    expect((await post("k1")).body).toEqual(second.body);
  });

  it("is free again after a day", async () => {
    const { post, time, admin } = await start();
    await post("k1");
    time.now = new Date(time.now.getTime() + 25 * 3_600_000);
    expect((await post("k1")).status).toBe(409);
    expect((await admin.accounts.list("acme")).items).toHaveLength(1);
  });

  it.each(["", "with space", "x".repeat(256)])("refuses %j, which is no key", async (key) => {
    const { post, names } = await start();
    const { status, body } = await post(key);
    expect([status, body.error.code]).toEqual([400, "invalid_request"]);
    expect(await names()).toEqual([]);
  });

  it("means nothing to methods that are idempotent anyhow", async () => {
    const { send } = await start();
    const headers = { authorization: "Bearer olga", "idempotency-key": "with space" };
    expect((await send("/admin/v1/tenants/acme", { headers })).status).toBe(200);
  });
});
