/**
 * Users in maps, behind `ScimBackend`: as little as the reference keeps behind scimmy-routers.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import type { ResourceType, ScimBackend } from "@muster/scim-core";
import { type Attributes, compileFilter, type Filter, planFilter, type Resource, ScimError } from "@muster/scim-core";

/** @param type of all resources */
export function mapBackend(type: ResourceType): ScimBackend {
  const users = new Map<string, Resource>();
  const byUserName = new Map<string, Resource>();

  const find = (filter: Filter | undefined): readonly Resource[] => {
    if (filter === undefined) return [...users.values()];
    const { pushed, residual } = planFilter(filter, ["userName"]);
    const found = pushed.map(({ value }) => byUserName.get(value.toLowerCase()))[0];
    const candidates = pushed.length === 0 ? [...users.values()] : found === undefined ? [] : [found];
    return residual === undefined ? candidates : candidates.filter(compileFilter(residual, type));
  };

  return {
    create: async (_type, attributes) => {
      const key = userNameOf(attributes);
      if (byUserName.has(key)) throw new ScimError("uniqueness", "The userName is taken.");
      const now = new Date().toISOString();
      const user: Resource = { id: randomUUID(), attributes, created: now, lastModified: now, version: "1" };
      users.set(user.id, user);
      byUserName.set(key, user);
      return user;
    },
    get: async (_type, id) => {
      const user = users.get(id);
      if (user === undefined) throw new ScimError("notFound", "There is no such user.");
      return user;
    },
    query: async (_type, { filter, startIndex, count }) => {
      const found = find(filter);
      return { totalResults: found.length, resources: found.slice(startIndex - 1, startIndex - 1 + count) };
    },
    replace: notMeasured,
    patch: notMeasured,
    delete: notMeasured,
  };
}

function userNameOf({ userName }: Attributes): string {
  return String(userName).toLowerCase();
}

async function notMeasured(): Promise<never> {
  throw new ScimError("notImplemented", "The benchmark does not measure this.");
}
