/**
 * The shapes of the options that say what is served: extensions and resource types.
 *
 * @module
 */
import { type Attribute, type Extension, GROUP_URN, type ResourceType, USER_URN } from "@muster/scim-core";
import type { z } from "../validation/zod.ts";
import { isObject, isText, optional } from "./option-leaves.ts";

export const EXTENSIONS: z.ZodType<unknown> = optional(
  (value) => Array.isArray(value) && value.every(isExtension) && fitTogether(value),
  {
    expected: "a list of extensions, each with a URN of its own and without unique attributes",
    fix: 'Make each with extension("urn:example:…", { … }); unique attributes are for types of your own.',
  },
);

/** As far as a mistake could go; what `extension()` made is right in itself. */
function isExtension(value: unknown): value is Extension<object> {
  return isObject(value) && isText(value.urn) && isSchema(value.schema);
}

function fitTogether(extensions: readonly Extension<object>[]): boolean {
  const isUnique = ({ uniqueness, subAttributes = [] }: Attribute): boolean =>
    uniqueness !== "none" || subAttributes.some(isUnique);
  const attributes = extensions.flatMap(({ schema }) => schema.attributes);
  return areDistinct(extensions.map(({ urn }) => urn)) && !attributes.some(isUnique);
}

export const RESOURCE_TYPES: z.ZodType<unknown> = optional(
  (value) => Array.isArray(value) && value.every(isResourceType) && areFree(value),
  {
    expected: "a list of resource types, each with a name, an endpoint and a schema that no other type has",
    fix: 'Make each with defineResourceType({ name: "Device", endpoint: "/Devices", schema }).',
  },
);

function isResourceType(value: unknown): value is ResourceType {
  return (
    isObject(value) &&
    isText(value.name) &&
    isText(value.endpoint) &&
    isSchema(value.schema) &&
    Array.isArray(value.extensions)
  );
}

/** User and Group are types already. */
function areFree(types: readonly ResourceType[]): boolean {
  return (
    areDistinct(["User", "Group", ...types.map(({ name }) => name)]) &&
    areDistinct(["/Users", "/Groups", ...types.map(({ endpoint }) => endpoint)]) &&
    areDistinct([USER_URN, GROUP_URN, ...types.map(({ schema }) => schema.id)])
  );
}

function isSchema(value: unknown): boolean {
  return isObject(value) && isText(value.id) && Array.isArray(value.attributes);
}

/** Letter case makes no difference (RFC 7643 §2.1, RFC 8141 §3.1). */
function areDistinct(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.toLowerCase())).size === names.length;
}
