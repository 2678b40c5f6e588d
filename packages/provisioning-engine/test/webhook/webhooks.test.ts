import { describe, expect, it } from "vitest";
import {
  type NewWebhook,
  type ProvisioningOptions,
  verifyWebhook,
  type WebhookAnswer,
  type WebhookMessage,
  type WebhookPost,
} from "../../src/index.ts";
import { memoryStore } from "../../src/storage/memory/index.ts";
import { connect, eventually, startWorld } from "../admin/harness.ts";

const URL = "https://hooks.example.com/muster";

/** A network with a receiver that can be told how to answer. */
function receiver() {
  const posts: WebhookPost[] = [];
  const state: {
    answer: (post: WebhookPost) => Partial<WebhookAnswer> | Promise<Partial<WebhookAnswer>>;
    addresses: string[];
  } = {
    answer: () => ({}),
    addresses: ["8.8.8.8"],
  };
  const network = {
    resolve: async () => state.addresses,
    post: async (post: WebhookPost) => {
      posts.push(post);
      return { status: 204, retryAfter: null, ...(await state.answer(post)) };
    },
  };
  const read = (post: WebhookPost) => JSON.parse(post.body) as WebhookMessage;
  const types = () => posts.map((post) => read(post).type);
  return { posts, state, network, read, types };
}

async function start(options: Partial<ProvisioningOptions> = {}) {
  const box = receiver();
  const world = startWorld({ webhooks: { network: box.network }, ...options });
  const { admin, time } = world;
  await admin.tenants.create({ id: "acme" });
  const directory = await connect(world, "acme");
  const create = (webhook: Partial<NewWebhook> = {}) => admin.webhooks.create("acme", { url: URL, ...webhook });
  const pass = (seconds: number) => {
    time.now = new Date(time.now.getTime() + seconds * 1000);
  };
  /** Time passes, and something wakes the senders. */
  const wake = (id: string, seconds: number) => {
    pass(seconds);
    return admin.webhooks.update("acme", id, {});
  };
  const deliveries = async (id: string) => (await admin.webhooks.deliveries("acme", id)).items;
  return { ...world, ...box, directory, create, pass, wake, deliveries };
}

const failing =
  (status: number, retryAfter: string | null = null) =>
  () => ({ status, retryAfter });

describe("a webhook", () => {
  it("J27: gets each event once, in order, signed, under the id of the event", async () => {
    const { create, directory, posts, read, time, admin } = await start();
    const { secret } = await create();
    for (const userName of ["ada", "bob", "cid"]) await directory.push({ userName });
    await eventually(async () => expect(posts).toHaveLength(3));
    const { items } = await admin.events.list("acme");
    for (const [index, { url, address, headers, body }] of posts.entries()) {
      expect([url, address, headers["webhook-id"]]).toEqual([URL, "8.8.8.8", items[index]?.id]);
      const message = verifyWebhook({ secret, headers: new Headers(headers), body, now: time.now });
      expect(message).toEqual({ type: "account.created", timestamp: items[index]?.at, data: items[index] });
    }
    expect(posts.map((post) => (read(post).data as { account: { userName: string } }).account.userName)).toEqual([
      "ada",
      "bob",
      "cid",
    ]);
  });

  it("hears of nothing that happened before it was made, also when there was one long ago", async () => {
    const { create, directory, types, admin, deliveries } = await start();
    await directory.push({ userName: "ada" });
    const { id } = await create();
    await admin.webhooks.delete("acme", id);
    await directory.push({ userName: "bob" });
    const again = await create({ types: ["account.deactivated", "group.created"] });
    const cid = await directory.push({ userName: "cid" });
    await directory.patch(`/Users/${cid}`, { op: "Replace", path: "active", value: "False" });
    await eventually(async () => expect(types()).toEqual(["account.deactivated"]));
    expect((await deliveries(again.id)).map(({ type, state }) => [type, state])).toEqual([
      ["account.deactivated", "delivered"],
    ]);
  });

  it("J02: a tenant hears of its own events only; a child of its own", async () => {
    const { create, directory, admin, posts, read } = await start();
    await admin.tenants.create({ id: "docs", parent: "acme" });
    await admin.tenants.create({ id: "globex" });
    await create();
    for (const tenant of ["docs", "globex"]) await admin.webhooks.create(tenant, { url: `${URL}/${tenant}` });
    await directory.push({ userName: "ada" });
    await eventually(async () => expect(posts).toHaveLength(2));
    expect(posts.map((post) => [post.url, (read(post).data as { tenant: string }).tenant]).toSorted()).toEqual([
      [URL, "acme"],
      [`${URL}/docs`, "docs"],
    ]);
  });
});

describe("a delivery that fails", () => {
  it("J28: is tried ten times over three days with the same id and body, then given up, and the webhook switched off", async () => {
    const { create, directory, posts, state, wake, deliveries, admin, provisioning } = await start();
    const told: unknown[] = [];
    provisioning.on("webhook.disabled", ({ webhook }) => void told.push(webhook));
    const { id } = await create();
    state.answer = failing(500);
    await directory.push({ userName: "ada" });
    for (let attempts = 1; attempts < 10; attempts++) {
      await eventually(async () => expect((await deliveries(id))[0]).toMatchObject({ state: "pending", attempts }));
      await wake(id, 27 * 3600);
    }
    await eventually(async () => expect((await deliveries(id))[0]).toMatchObject({ state: "dead", attempts: 10 }));
    expect(posts).toHaveLength(10);
    expect(new Set(posts.map(({ body, headers }) => body + headers["webhook-id"])).size).toBe(1);
    expect(new Set(posts.map(({ headers }) => headers["webhook-signature"])).size).toBe(10);
    expect(await admin.webhooks.get("acme", id)).toMatchObject({ enabled: false, disabled: { reason: "failing" } });
    await eventually(async () => expect(told).toEqual([{ id, url: URL, reason: "failing" }]));
  });

  it("holds up no other message, and leaves a webhook on that took one meanwhile", async () => {
    const { create, directory, state, wake, deliveries, admin } = await start();
    const { id } = await create();
    state.answer = ({ body }) => ({ status: body.includes("poison") ? 400 : 200 });
    await directory.push({ userName: "poison" });
    await directory.push({ userName: "ada" });
    await eventually(async () =>
      expect((await deliveries(id)).map(({ state: now }) => now)).toEqual(["delivered", "pending"]),
    );
    for (let attempts = 1; attempts < 10; attempts++) {
      await eventually(async () => expect((await deliveries(id))[1]).toMatchObject({ attempts }));
      await wake(id, 27 * 3600);
    }
    await eventually(async () => expect((await deliveries(id))[1]).toMatchObject({ state: "dead" }));
    expect(await admin.webhooks.get("acme", id)).toMatchObject({ enabled: true });
  });

  it("410: switches the webhook off at once", async () => {
    const { create, directory, state, deliveries, admin, posts } = await start();
    const { id } = await create();
    state.answer = failing(410);
    await directory.push({ userName: "ada" });
    await eventually(async () =>
      expect(await admin.webhooks.get("acme", id)).toMatchObject({ enabled: false, disabled: { reason: "gone" } }),
    );
    expect(await deliveries(id)).toMatchObject([{ state: "dead", lastAttempt: { status: 410 } }]);
    await directory.push({ userName: "bob" });
    await admin.webhooks.update("acme", id, { enabled: true });
    state.answer = () => ({});
    await directory.push({ userName: "cid" });
    await eventually(async () => expect(posts).toHaveLength(2));
  });

  it("429: waits as long as it was asked to", async () => {
    const { create, directory, state, time, deliveries } = await start();
    const { id } = await create();
    state.answer = failing(429, "3600");
    await directory.push({ userName: "ada" });
    const expected = new Date(time.now.getTime() + 3_600_000).toISOString();
    await eventually(async () => expect((await deliveries(id))[0]).toMatchObject({ nextAttemptAt: expected }));
  });

  it.each([
    ["a redirect", failing(302), "It answered 302; redirects are not followed."],
    [
      "a refused connection",
      () => Promise.reject(Object.assign(new Error("10.0.0.7"), { code: "ECONNREFUSED" })),
      "It cannot be reached: ECONNREFUSED.",
    ],
    ["anything else", () => Promise.reject(new Error("password=1234")), "It cannot be reached."],
  ] as const)("%s is told in words that give nothing away", async (_, answer, error) => {
    const { create, directory, state, deliveries } = await start();
    const { id } = await create();
    state.answer = answer;
    await directory.push({ userName: "ada" });
    await eventually(async () => expect((await deliveries(id))[0]?.lastAttempt).toMatchObject({ error }));
  });

  it("J24: nothing is sent to a name that leads inside by now", async () => {
    const { create, directory, state, deliveries, posts } = await start();
    const { id } = await create();
    state.addresses = ["8.8.8.8", "169.254.169.254"];
    await directory.push({ userName: "ada" });
    await eventually(async () =>
      expect((await deliveries(id))[0]?.lastAttempt).toMatchObject({
        error: "Its host name leads to an address that is not on the internet.",
      }),
    );
    expect(posts).toEqual([]);
  });

  it("J28: a process that dies between sending and settling leaves a message that the next one sends again", async () => {
    const store = memoryStore();
    const never = receiver();
    let release = () => {};
    never.state.answer = () => new Promise((resolve) => (release = () => resolve({})));
    const first = await start({ store: { ...store, close: async () => {} }, webhooks: { network: never.network } });
    await first.create();
    await first.directory.push({ userName: "ada" });
    await eventually(async () => expect(never.posts).toHaveLength(1));
    const second = receiver();
    const time = { now: first.time.now };
    const next = startWorld({ store, webhooks: { network: second.network }, clock: () => time.now });
    await next.provisioning.ready();
    expect(second.posts).toEqual([]);
    time.now = new Date(time.now.getTime() + 46_000);
    const [webhook] = (await next.admin.webhooks.list("acme")).items;
    await next.admin.webhooks.update("acme", webhook?.id ?? "", {});
    await eventually(async () => expect(second.posts).toHaveLength(1));
    expect(second.posts[0]?.headers["webhook-id"]).toBe(never.posts[0]?.headers["webhook-id"]);
    release();
  });
});

describe("admin.webhooks", () => {
  it("I33: shows a secret once, and never in listings, the audit log or errors", async () => {
    const { create, admin, api } = await start();
    const { id, secret } = await create({ description: "Billing" });
    const rotated = await admin.webhooks.rotateSecret("acme", id);
    expect([secret, rotated.secret].every((text) => /^whsec_[\w+/]{43}=$/.test(text))).toBe(true);
    const seen = JSON.stringify([
      await admin.webhooks.list("acme"),
      await admin.webhooks.get("acme", id),
      await admin.audit.list("acme"),
      (await api("GET", "/tenants/acme/webhooks")).body,
    ]);
    expect(seen).toContain("Billing");
    expect(seen).not.toContain("whsec_");
    for (const one of [secret, rotated.secret]) expect(seen).not.toContain(one.slice(6));
  });

  it("signs with both secrets while one is replaced, and with the new one after that", async () => {
    const { create, admin, posts, pass, time } = await start();
    const { id, secret: old } = await create();
    const { secret: fresh, oldSecretUntil } = await admin.webhooks.rotateSecret("acme", id, { overlapHours: 2 });
    expect(oldSecretUntil).toBe(new Date(time.now.getTime() + 7_200_000).toISOString());
    const accepted = async () => {
      await admin.webhooks.test("acme", id);
      const { headers, body } = posts.at(-1) as WebhookPost;
      return [old, fresh].map((secret) => {
        try {
          return verifyWebhook({ secret, headers: new Headers(headers), body, now: time.now }).type;
        } catch {
          return "refused";
        }
      });
    };
    expect(await accepted()).toEqual(["webhook.test", "webhook.test"]);
    pass(7200);
    expect(await accepted()).toEqual(["refused", "webhook.test"]);
    await admin.webhooks.rotateSecret("acme", id, { overlapHours: 0 });
    expect(await accepted()).toEqual(["refused", "refused"]);
  });

  it("tests a webhook now and once, and tells how that went", async () => {
    const { create, api, state, deliveries } = await start();
    const { id } = await create();
    const test = () => api("POST", `/tenants/acme/webhooks/${id}/test`);
    expect((await test()).body).toMatchObject({ status: 204, error: null });
    state.answer = failing(404);
    expect((await test()).body).toMatchObject({ status: 404, error: "It answered 404." });
    expect(await deliveries(id)).toEqual([]);
  });

  it("sends again: one, or all dead ones since a time", async () => {
    const { create, directory, state, admin, posts, deliveries, pass } = await start();
    const { id } = await create();
    await directory.push({ userName: "ada" });
    await eventually(async () => expect(posts).toHaveLength(1));
    const [first] = await deliveries(id);
    expect(await admin.webhooks.redeliver("acme", id, { delivery: first?.id ?? "" })).toEqual({ count: 1 });
    await eventually(async () => expect(posts).toHaveLength(2));
    expect(posts[1]?.headers["webhook-id"]).toBe(first?.id);

    state.answer = failing(410);
    pass(60);
    const since = new Date("2026-03-01T12:00:30Z").toISOString();
    await directory.push({ userName: "bob" });
    await eventually(async () => expect((await deliveries(id))[0]).toMatchObject({ state: "dead" }));
    state.answer = () => ({});
    await admin.webhooks.update("acme", id, { enabled: true });
    expect(await admin.webhooks.redeliver("acme", id, { since })).toEqual({ count: 1 });
    await eventually(async () => expect((await deliveries(id))[0]).toMatchObject({ state: "delivered", attempts: 1 }));
    expect(await admin.webhooks.redeliver("acme", id, { since })).toEqual({ count: 0 });
    for (const which of [{}, { since, delivery: "1" }, { since: "yesterday" }]) {
      await expect(admin.webhooks.redeliver("acme", id, which)).rejects.toMatchObject({ code: "invalid_request" });
    }
    await expect(admin.webhooks.redeliver("acme", id, { delivery: "1" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("keeps what waits while a webhook is off, and nothing that happens then", async () => {
    const { create, directory, state, admin, posts, wake, deliveries } = await start();
    const { id } = await create();
    state.answer = failing(500);
    await directory.push({ userName: "ada" });
    await eventually(async () => expect(await deliveries(id)).toMatchObject([{ attempts: 1 }]));
    await admin.webhooks.update("acme", id, { enabled: false });
    await directory.push({ userName: "bob" });
    await wake(id, 3600);
    expect(posts).toHaveLength(1);
    state.answer = () => ({});
    await admin.webhooks.update("acme", id, { enabled: true });
    await eventually(async () => expect(await deliveries(id)).toMatchObject([{ state: "delivered", attempts: 2 }]));
  });

  it("J24: a private address is refused when it is set", async () => {
    const { create, admin, api } = await start();
    for (const url of ["http://hooks.example.com/", "https://169.254.169.254/", "https://localhost/"]) {
      await expect(create({ url })).rejects.toMatchObject({ code: "invalid_request" });
    }
    const { id } = await create();
    expect((await api("PATCH", `/tenants/acme/webhooks/${id}`, { url: "https://[::1]/" })).status).toBe(400);
    expect((await admin.webhooks.get("acme", id)).url).toBe(URL);
  });

  it("J02: nobody reaches a webhook of another tenant", async () => {
    const { create, admin, api } = await start();
    await admin.tenants.create({ id: "globex" });
    const { id } = await create();
    const calls = [
      admin.webhooks.get("globex", id),
      admin.webhooks.update("globex", id, { enabled: false }),
      admin.webhooks.delete("globex", id),
      admin.webhooks.rotateSecret("globex", id),
      admin.webhooks.test("globex", id),
      admin.webhooks.deliveries("globex", id),
      admin.webhooks.redeliver("globex", id, { since: "2026-01-01T00:00:00Z" }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: "not_found" });
    const reader = { actor: "ray", tenants: "all", can: ["read"] } as const;
    expect((await api("POST", "/tenants/acme/webhooks", { url: URL }, reader)).status).toBe(403);
    expect((await api("GET", "/tenants/acme/webhooks", undefined, reader)).status).toBe(200);
  });

  it("is bounded: twenty for each tenant", async () => {
    const { create } = await start();
    for (let count = 0; count < 20; count++) await create();
    await expect(create()).rejects.toMatchObject({ code: "conflict" });
  });

  it("says so when the host delivers none", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    await expect(admin.webhooks.create("acme", { url: URL })).rejects.toMatchObject({ code: "webhooks_off" });
    expect((await admin.webhooks.list("acme")).items).toEqual([]);
  });

  it("R62, I34: audits each change, and none that changes nothing", async () => {
    const { create, admin } = await start();
    const { id } = await create();
    await admin.webhooks.update("acme", id, { description: "Billing" });
    await admin.webhooks.update("acme", id, { description: "Billing" });
    await admin.webhooks.rotateSecret("acme", id);
    await admin.webhooks.delete("acme", id);
    const actions = (await admin.audit.list("acme")).items.map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith("webhook."))).toEqual([
      "webhook.deleted",
      "webhook.secret_rotated",
      "webhook.updated",
      "webhook.created",
    ]);
  });
});
