import type { WebhookPost } from "@muster/provisioning-engine";
import { expect, it, vi } from "vitest";
import { type EngineProcess, startEngine } from "./engine-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

function start(post: (post: WebhookPost) => Promise<number>): EngineProcess {
  const network = {
    resolve: async () => ["8.8.8.8"],
    post: async (sent: WebhookPost) => ({ status: await post(sent), retryAfter: null }),
  };
  return startEngine(folder.file("webhooks.db"), { webhooks: { network } });
}

it("J27, J28: two processes on one database post each event once, and a third one what they could not", async () => {
  const posts: string[] = [];
  let isAway = false;
  const post = async ({ headers }: WebhookPost) => {
    posts.push(headers["webhook-id"] ?? "");
    return isAway ? 503 : 204;
  };
  const [first, second] = [start(post), start(post)];
  const { admin } = first.provisioning;
  await admin.tenants.create({ id: "acme" });
  const { id } = await admin.webhooks.create("acme", { url: "https://hooks.example.com/", types: ["account.created"] });
  for (let number = 0; number < 10; number++) {
    const { admin: either } = number % 2 === 0 ? first.provisioning : second.provisioning;
    await either.accounts.create("acme", { userName: `person-${number}`, kind: "reader" });
  }
  await vi.waitFor(() => expect(posts).toHaveLength(10));
  const { items } = await admin.events.list("acme", { types: ["account.created"] });
  expect(posts.toSorted()).toEqual(items.map((event) => event.id).toSorted());

  isAway = true;
  await admin.accounts.create("acme", { userName: "late", kind: "reader" });
  await vi.waitFor(async () =>
    expect((await admin.webhooks.deliveries("acme", id)).items[0]).toMatchObject({ state: "pending", attempts: 1 }),
  );
  await Promise.all([first.stop(), second.stop()]);
  isAway = false;
  const third = start(post);
  await third.provisioning.ready();
  const [late] = (await third.provisioning.admin.webhooks.deliveries("acme", id)).items;
  await third.provisioning.admin.webhooks.redeliver("acme", id, { delivery: late?.id });
  await vi.waitFor(() => expect(posts).toHaveLength(12));
  expect(posts.slice(10)).toEqual([late?.id, late?.id]);
  await third.stop();
});
