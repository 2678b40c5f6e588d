/** A tenant with a directory, whose rules are set, and whose people are looked at again before anything is asserted. */
import { expect } from "vitest";
import {
  memoryStore,
  type NewRoleRule,
  type NewRoleRules,
  type ProvisioningOptions,
  type Store,
} from "../../src/index.ts";
import { accountOf, connect, type Directory, eventually, startWorld, type World } from "../admin/harness.ts";

export const ACME = "acme";

export const titled = (title: string, then: NewRoleRule["then"], more: Partial<NewRoleRule> = {}): NewRoleRule => ({
  when: { attribute: { path: "title", equals: title } },
  then,
  ...more,
});

export interface Scene extends World {
  readonly directory: Directory;
  readonly store: Store;
  rule(...rules: readonly NewRoleRule[]): Promise<void>;
  set(rules: NewRoleRules): Promise<void>;
  person(userName: string): ReturnType<typeof accountOf>;
  create(userName: string, attributes?: object): Promise<string>;
}

export async function start(options: Partial<ProvisioningOptions> = {}): Promise<Scene> {
  const store = options.store ?? memoryStore();
  const world = startWorld({ ...options, store });
  await world.admin.tenants.create({ id: ACME });
  const directory = await connect(world, ACME);
  const set: Scene["set"] = async (rules) => {
    await world.admin.roleRules.replace(ACME, rules);
    await eventually(async () => expect((await world.admin.roleRules.get(ACME)).reviewing).toBe(false));
  };
  return {
    ...world,
    store,
    directory,
    set,
    rule: (...rules) => set({ rules }),
    person: (userName) => accountOf(world, ACME, userName),
    create: async (userName, attributes = {}) => {
      const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];
      const { status, body } = await directory.request("POST", "/Users", { schemas, userName, ...attributes });
      expect(status).toBe(201);
      return body.id;
    },
  };
}
