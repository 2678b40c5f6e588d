import { createProvisioning, type NewRoleRule, type Provisioning } from "@muster/provisioning-engine";
import type { Store } from "@muster/provisioning-engine/ports";
import { describe, expect, it } from "vitest";
import { sqliteStore } from "../../src/sqlite/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
const ACME = "acme";
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const writers: NewRoleRule = {
  id: "writers",
  when: { attribute: { path: "title", equals: "Writer" } },
  then: { kind: "user", role: "Editor" },
};

interface Running {
  readonly provisioning: Provisioning;
  /** @returns the SCIM id */
  push(userName: string, title?: string): Promise<string>;
  pushGroup(displayName: string, members: readonly string[]): Promise<void>;
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const tokens = new Map<string, string>();

async function start(file: string, decorate: (store: Store) => Store = (store) => store): Promise<Running> {
  const store = sqliteStore({ path: folder.file(file) });
  const provisioning = createProvisioning({ url: "http://localhost:3000", store: decorate(store), logger: SILENT });
  const { admin } = provisioning;
  if (!tokens.has(file)) {
    await admin.tenants.create({ id: ACME });
    await admin.connections.update(ACME, { scimEnabled: true, consent: true, groupSync: true });
    tokens.set(file, (await admin.tokens.create(ACME)).token);
  }
  const { scim } = await admin.connections.get(ACME);
  const post = async (path: string, body: object): Promise<string> => {
    const headers = { authorization: `Bearer ${tokens.get(file)}`, "content-type": "application/scim+json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const response = await provisioning.fetch(new Request(`${scim?.baseUrl}${path}`, init));
    expect(response.status).toBe(201);
    return ((await response.json()) as { readonly id: string }).id;
  };
  return {
    provisioning,
    push: (userName, title) => post("/Users", { schemas: [USER], userName, title }),
    pushGroup: async (displayName, members) => {
      const schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"];
      await post("/Groups", { schemas, displayName, members: members.map((value) => ({ value })) });
    },
    settled: async () => {
      while ((await admin.roleRules.get(ACME)).reviewing) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    stop: async () => {
      await provisioning.close();
      await store.close();
    },
  };
}

const rolesOf = async ({ provisioning }: Running) => {
  const { items } = await provisioning.admin.accounts.list(ACME, { limit: 500 });
  return items.map(({ userName, kind, role, roleSource }) => [userName, kind, role, roleSource]);
};

describe("rules on SQLite", () => {
  it("R15, I41: decide the same as in memory, and are there for the next process", async () => {
    const first = await start("rules.db");
    const expression = 'Switch([title], "False", "Writer", "True")';
    const rules = [{ ...writers, when: { expression } }];
    await first.provisioning.admin.roleRules.replace(ACME, { rules });
    await first.push("mira", "Writer");
    await first.push("noor", "Driver");
    await first.stop();
    const second = await start("rules.db");
    await second.push("omar", "Writer");
    expect(await rolesOf(second)).toEqual([
      ["mira", "user", "Editor", "rule"],
      ["noor", "reader", null, null],
      ["omar", "user", "Editor", "rule"],
    ]);
    expect(await second.provisioning.admin.roleRules.get(ACME)).toMatchObject({
      version: 1,
      rules: [{ id: "writers" }],
    });
    await second.stop();
  });

  it("I39, I41: a dry run and a simulated write leave the file as it was", async () => {
    const running = await start("dry-run.db");
    const { admin } = running.provisioning;
    await running.push("mira", "Writer");
    const before = [await admin.accounts.list(ACME), await admin.audit.list(ACME), await admin.tenants.get(ACME)];
    const resource = { userName: "noor", title: "Writer" };
    const explained = await admin.explain(ACME, { resource, rules: [writers] });
    expect(explained).toMatchObject({ outcome: "created", after: { kind: "user", role: "Editor" } });
    const everybody = await admin.explain(ACME, { all: true, rules: [writers] });
    expect(everybody).toMatchObject({ examined: 1, changed: 1 });
    const tried = await admin.roleRules.replace(ACME, { rules: [writers], simulate: true });
    expect(tried).toMatchObject({ version: 1, simulation: { impact: { changed: 1 } } });
    expect([await admin.accounts.list(ACME), await admin.audit.list(ACME), await admin.tenants.get(ACME)]).toEqual(
      before,
    );
    await running.stop();
  });

  it("R22: a pass over everybody that was interrupted goes on in the next process, and ends as if it had not been", async () => {
    const first = await start("interrupted.db", (store) => dyingAfter(store, 1));
    for (let number = 0; number < 250; number += 1) await first.push(`p${number}`, "Writer");
    await first.provisioning.admin.roleRules.replace(ACME, { rules: [writers] });
    await first.stop();
    const half = await start("interrupted.db", (store) => dyingAfter(store, 0));
    const done = (await rolesOf(half)).filter(([, kind]) => kind === "user").length;
    expect(done).toBe(100);
    await half.stop();
    const second = await start("interrupted.db");
    await second.provisioning.ready();
    await second.settled();
    expect((await rolesOf(second)).every(([, kind, role]) => kind === "user" && role === "Editor")).toBe(true);
    await second.stop();
  });

  it("I1: the last owner is found among those whom a rule made one", async () => {
    const running = await start("owners.db");
    const { admin } = running.provisioning;
    await admin.connections.update(ACME, { allowOwnerRole: true });
    await admin.roleRules.replace(ACME, { rules: [{ ...writers, then: { kind: "user", role: "Owner" } }] });
    await running.push("mira", "Writer");
    await running.push("noor", "Writer");
    await admin.roleRules.replace(ACME, { rules: [{ ...writers, then: { kind: "user", role: "Editor" } }] });
    await running.settled();
    expect((await rolesOf(running)).map(([, , role]) => role)).toEqual(["Editor", "Owner"]);
    expect((await admin.syncFailures.list(ACME, { open: true })).items).toMatchObject([{ cause: "last_owner" }]);
    await running.stop();
  });

  it("R35: a pushed group drives rules", async () => {
    const running = await start("groups.db");
    const when = { group: { displayName: "writers" } };
    await running.provisioning.admin.roleRules.replace(ACME, { rules: [{ ...writers, when }] });
    await running.pushGroup("Writers", [await running.push("mira")]);
    expect(await rolesOf(running)).toEqual([["mira", "user", "Editor", "rule"]]);
    await running.stop();
  });
});

/** A store that commits so many pages of the pass, and fails from then on whenever the job moves its cursor. */
function dyingAfter(store: Store, pages: number): Store {
  let left = pages;
  return {
    ...store,
    transaction: (scope, work) =>
      store.transaction(scope, (tx) => {
        const advance: typeof tx.changes.advance = async (tenantId, consumer, position) => {
          if (consumer === "role-review" && position !== "" && left-- <= 0) throw new Error("the process dies here");
          return tx.changes.advance(tenantId, consumer, position);
        };
        return work({ ...tx, changes: { ...tx.changes, advance } });
      }),
  };
}
