/**
 * `admin.resources`: what the directory keeps here under the host's own types, typed as they were declared.
 *
 * @module
 */
import { type DefinedResourceType, type Schema, type SchemaValues, viewResource } from "@muster/scim-core";
import { ProvisioningError } from "../errors.ts";
import type { ResourceRecord } from "../ports/index.ts";
import { checked } from "../validation/checked.ts";
import type { Admin } from "./admin.ts";
import { type Operator, readTenant } from "./operator.ts";
import { readSlice, toPage } from "./page.ts";
import { PAGE_OPTIONS } from "./shapes.ts";
import type { ProvisionedResource } from "./views.ts";

export function resourceOperations(operator: Operator): Admin["resources"] {
  return {
    list: async (tenant, type, options = {}) => {
      requireServed(operator, type);
      const { after, limit } = readSlice("resources", checked(PAGE_OPTIONS, options));
      const rows = await readTenant(operator, tenant, (tx, { root: { connectionId } }) =>
        tx.resources.find({ connectionId, type: type.name, lookups: [], after, limit: limit + 1 }),
      );
      return toPage(
        "resources",
        rows,
        limit,
        ({ id }) => id,
        (row) => view(row, type),
      );
    },
    get: async (tenant, type, id) => {
      requireServed(operator, type);
      const row = await readTenant(operator, tenant, (tx, { root }) =>
        tx.resources.get(root.connectionId, type.name, id),
      );
      if (row !== null) return view(row, type);
      throw new ProvisioningError("not_found", `There is no ${type.name} "${id}" in the tenant "${tenant}".`);
    },
  };
}

function requireServed({ context }: Operator, { name, schema }: DefinedResourceType<Schema>): void {
  if (context.resourceTypes.some((type) => type.name === name && type.schema.id === schema.id)) return;
  throw new ProvisioningError("invalid_request", `The resource type ${name} is not served here.`, {
    hint: "Pass it to createProvisioning in `resourceTypes`.",
  });
}

function view<Core extends Schema>(
  { id, externalId, attributes, createdAt, modifiedAt }: ResourceRecord,
  type: DefinedResourceType<Core>,
): ProvisionedResource<Core> {
  const names = new Set(type.schema.attributes.map(({ name }) => name));
  const own = Object.entries(attributes).filter(([name]) => names.has(name));
  const defaults = "defaults" in type.schema ? type.schema.defaults : {};
  return {
    id,
    externalId,
    // Attributes are valid by their schema, and the schema was made from the very fields.
    values: Object.assign({}, defaults, Object.fromEntries(own)) as SchemaValues<Core>,
    get: viewResource(attributes).get,
    createdAt,
    modifiedAt,
  };
}
