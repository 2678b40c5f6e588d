/**
 * Attributes of people that rules may look at: every one of the schema that a directory writes.
 *
 * @module
 */
import {
  type AttributePath,
  type Attributes,
  type AttributeValue,
  type FilterCandidate,
  isScimError,
  parsePath,
  type ResourceType,
  type Schema,
} from "@muster/scim-core";
import { didYouMean } from "../validation/did-you-mean.ts";

export interface ReadAttribute {
  /** Why there is nothing to read. */
  readonly problem?: string;
  /** Whether there may be several values. */
  readonly many: boolean;
  /** The values of a resource at the path. */
  read(resource: FilterCandidate): readonly AttributeValue[];
}

/**
 * @param path in attribute notation: `title`, `name.familyName`, `department`, `urn:…:User:department`
 * @param type User, with the host's extensions
 */
export function readAttribute(path: string, type: ResourceType): ReadAttribute {
  const known = resolve(path, type);
  if (known === undefined) return unreadable(unknownAttribute(path, type));
  if (known.attribute.name === "groups") return unreadable("Groups are asked for with `group`, not as an attribute.");
  const many = known.attribute.multiValued || (known.subAttribute?.multiValued ?? false);
  return { many, read: ({ attributes }) => valuesAt(attributes, known) };
}

function unreadable(problem: string): ReadAttribute {
  return { problem, many: false, read: () => [] };
}

function resolve(path: string, type: ResourceType): AttributePath | undefined {
  try {
    return parsePath(path, type);
  } catch (error) {
    if (isScimError(error)) return undefined;
    throw error;
  }
}

const LONGEST_SHOWN = 100;

function unknownAttribute(path: string, type: ResourceType): string {
  const shown = path.length > LONGEST_SHOWN ? `${path.slice(0, LONGEST_SHOWN)}…` : path;
  const meant = didYouMean(path, attributeNames(type));
  const advice = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  return `There is no attribute "${shown}" of a ${type.name}.${advice}`;
}

/** What an attribute may be called: by its name, with a sub-attribute behind a dot, and within its extension. */
export function attributeNames({ schema, extensions }: ResourceType): readonly string[] {
  const bare = [schema, ...extensions.map((extension) => extension.schema)].flatMap(namesIn);
  return [...new Set(["externalId", ...bare])];
}

function namesIn({ attributes }: Schema): readonly string[] {
  return attributes.flatMap(({ name, subAttributes = [] }) => [
    name,
    ...subAttributes.map((inner) => `${name}.${inner.name}`),
  ]);
}

function valuesAt(
  attributes: Attributes,
  { extension, attribute, subAttribute }: AttributePath,
): readonly AttributeValue[] {
  const scope = extension === undefined ? attributes : own(attributes, extension);
  const values = listOf(own(scope, attribute.name));
  return subAttribute === undefined ? values : values.flatMap((value) => listOf(own(value, subAttribute.name)));
}

function own(value: AttributeValue | undefined, name: string): AttributeValue | undefined {
  if (typeof value !== "object" || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Attributes)[name] : undefined;
}

function listOf(value: AttributeValue | undefined): readonly AttributeValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as AttributeValue];
}
