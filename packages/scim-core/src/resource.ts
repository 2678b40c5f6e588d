/**
 * From the JSON of POST and PUT to attributes, and a typed look at the result.
 *
 * @module
 */
import { isHidden } from "./attribute.ts";
import { type Assignment, readBodyNames } from "./body-names.ts";
import { coerceValue } from "./coerce.ts";
import { describeAttribute, describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import type { Extension } from "./extension.ts";
import { isMembership, membersOf } from "./membership.ts";
import { checkRequired, type ResourceMode } from "./required.ts";
import type { ResourceType } from "./schema.ts";
import { foldName } from "./schema-index.ts";
import type { Urn } from "./urn.ts";
import { type Attributes, type AttributeValue, isComplex, ownValue } from "./value.ts";
import { isObject } from "./value-dialects.ts";

/** A read-only look at a resource, typed where an extension is named. */
export interface ResourceView {
  readonly attributes: Attributes;
  /**
   * The values of an extension; absent ones are the field's default, or undefined.
   *
   * @example
   * const { isTeamAccount } = user.get(teamAccount);
   */
  get<Fields extends object>(extension: Extension<Fields>): { readonly [Name in keyof Fields]?: Fields[Name] };
}

export interface ParsedResource {
  readonly attributes: Attributes;
  /**
   * Names under a registered extension that it does not have, as `urn:…:name`: near misses that an admin should hear of
   * (R18). What the core schema lacks is ignored without a word (RFC 7643 §2).
   */
  readonly unknown: readonly string[];
}

/**
 * The attributes of a POST or PUT body, whole and valid. Ignored: `id`, `meta` and everything read-only, unknown
 * attributes and schemas, empty values. Checked and dropped: what is never returned, such as `password`.
 *
 * @param body parsed JSON
 * @throws ScimError `invalidSyntax`, `invalidValue`
 * @example
 * const { attributes } = parseResource({ schemas: [USER_URN], userName: "mira", active: "True" }, user, "create");
 */
export function parseResource(body: unknown, type: ResourceType, mode: ResourceMode): ParsedResource {
  if (!isObject(body)) throw new ScimError("invalidSyntax", `The body must be an object; got ${describeValue(body)}.`);
  checkSchemas(body, type);
  const { assignments, unknown } = readBodyNames(body, type);
  const values = assignments.flatMap((assignment) => assignValue(assignment, type));
  const sent = assembleResource(values);
  checkRequired(sent, type, mode);
  const kept = values.filter(({ attribute }) => !isHidden(attribute));
  return { attributes: kept.length === values.length ? sent : assembleResource(kept), unknown };
}

/**
 * A look at attributes that names extensions instead of URNs.
 *
 * @param attributes of a resource, as a backend keeps them
 * @example
 * viewResource(resource.attributes).get(teamAccount).isTeamAccount;
 */
export function viewResource(attributes: Attributes): ResourceView {
  return {
    attributes,
    get<Fields extends object>({ urn, defaults }: Extension<Fields>): Partial<Fields> {
      const values = ownValue(attributes, urn);
      // Attributes are valid by their schema, and the schema was made from the very fields.
      return { ...defaults, ...(isComplex(values) ? (values as Partial<Fields>) : {}) };
    },
  };
}

/** RFC 7643 §3: `schemas` says what the resource is. URNs that nobody registered say nothing and harm nobody. */
function checkSchemas(body: Readonly<Record<string, unknown>>, type: ResourceType): void {
  const schemas = Object.entries(body).find(([name]) => foldName(name) === "schemas")?.[1];
  if (!Array.isArray(schemas)) {
    throw new ScimError("invalidSyntax", `schemas is missing. Send an array that contains "${type.schema.id}".`);
  }
  const own = foldName(type.schema.id);
  if (!schemas.some((urn) => typeof urn === "string" && foldName(urn) === own)) {
    throw new ScimError("invalidValue", `schemas must contain "${type.schema.id}" to describe a ${type.name}.`);
  }
}

/** An assignment whose value is of the attribute's type. */
interface AssignedValue extends Assignment {
  readonly value: AttributeValue;
}

/** None for an unassigned value. */
function assignValue({ extension, attribute, value }: Assignment, type: ResourceType): readonly AssignedValue[] {
  const coerced = isMembership(attribute, type)
    ? membersOf(value, attribute)
    : coerceValue(value, attribute, describeAttribute(extension, attribute));
  return coerced === undefined ? [] : [{ extension, attribute, value: coerced }];
}

function assembleResource(values: readonly AssignedValue[]): Attributes {
  const core: Record<string, AttributeValue> = {};
  const extensions = new Map<Urn, Record<string, AttributeValue>>();
  for (const { extension, attribute, value } of values) scopeFor(extension, core, extensions)[attribute.name] = value;
  return { ...core, ...Object.fromEntries(extensions) };
}

function scopeFor(
  extension: Urn | undefined,
  core: Record<string, AttributeValue>,
  extensions: Map<Urn, Record<string, AttributeValue>>,
): Record<string, AttributeValue> {
  if (extension === undefined) return core;
  const scope = extensions.get(extension) ?? {};
  extensions.set(extension, scope);
  return scope;
}
