/**
 * The names in the JSON of POST and PUT: which attribute each means, that none is written twice, and what is unknown.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { writtenTwice } from "./coerce.ts";
import { describeAttribute, describeValue, shorten } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { type AttributePath, formatPath, resolveInScope, splitUrn } from "./path.ts";
import type { ResourceType } from "./schema.ts";
import { foldName, indexOf, type Scope } from "./schema-index.ts";
import type { Urn } from "./urn.ts";
import { isObject } from "./value-dialects.ts";

/** What a body says of one attribute; `value` is still as the client wrote it. */
export interface Assignment {
  readonly extension: Urn | undefined;
  readonly attribute: Attribute;
  readonly value: unknown;
}

export interface BodyNames {
  readonly assignments: readonly Assignment[];
  /** Names that a registered extension lacks, as `urn:…:name`. */
  readonly unknown: readonly string[];
}

/** Enough to see what is wrong; the rest would only fill a log. */
const MAX_UNKNOWN = 20;

interface Draft {
  readonly whole: Map<string, Assignment>;
  /** By dotted names, such as `name.givenName`: the sub-attributes so far. */
  readonly dotted: Map<string, Assignment & { readonly value: Map<string, unknown> }>;
  readonly unknown: string[];
  /** Keys of what was written by an alias so far. */
  readonly aliased: Set<string>;
}

/**
 * Attributes by their own name, dotted (`name.givenName`), flat (`urn:…:User:department`), and in extension objects.
 * Read-only attributes are left out (RFC 7644 §3.3), and so is what nobody knows.
 *
 * @throws ScimError `invalidSyntax` for a name written twice, `invalidValue` for an extension that is no object
 */
export function readBodyNames(body: Readonly<Record<string, unknown>>, type: ResourceType): BodyNames {
  const index = indexOf(type);
  const draft: Draft = { whole: new Map(), dotted: new Map(), unknown: [], aliased: new Set() };
  for (const [name, value] of Object.entries(body)) {
    const scope = index.byUrn.get(foldName(name));
    if (scope !== undefined) {
      readScope(value, scope, draft);
    } else {
      // Only a name with a URN in front leads into an extension: a bare name is an unknown core attribute (A32).
      const { scope: prefixed, rest } = splitUrn(name, index);
      readName(rest, value, prefixed ?? index.core, draft);
    }
  }
  const dotted = [...draft.dotted.values()].map((one) => ({ ...one, value: Object.fromEntries(one.value) }));
  return { assignments: [...draft.whole.values(), ...dotted], unknown: draft.unknown };
}

function readScope(value: unknown, scope: Scope, draft: Draft): void {
  if (value === null) return;
  if (!isObject(value)) {
    throw new ScimError("invalidValue", `${scope.schema.id} must be an object; got ${describeValue(value)}.`);
  }
  for (const [name, part] of Object.entries(value)) readName(name, part, scope, draft);
}

function readName(name: string, value: unknown, scope: Scope, draft: Draft): void {
  const path = resolveInScope(name, scope);
  if (path === undefined) noteUnknown(name, scope, draft);
  else if (path.attribute.mutability !== "readOnly" && !yields(name, path, draft)) assign(path, value, draft);
}

/** A client that sends an attribute by two of its names means one thing: its own name counts, wherever it stands. */
function yields(name: string, { extension, attribute }: AttributePath, { whole, dotted, aliased }: Draft): boolean {
  const { aliases } = attribute;
  if (aliases === undefined) return false;
  const key = formatPath({ extension, attribute, subAttribute: undefined });
  const written = foldName(name.split(".", 1)[0] ?? "");
  if (aliases.some((alias) => foldName(alias) === written)) {
    if (whole.has(key) || dotted.has(key)) return true;
    aliased.add(key);
  } else if (aliased.delete(key)) {
    whole.delete(key);
    dotted.delete(key);
  }
  return false;
}

function assign({ extension, attribute, subAttribute }: AttributePath, value: unknown, draft: Draft): void {
  const key = formatPath({ extension, attribute, subAttribute: undefined });
  const parts = draft.dotted.get(key)?.value ?? new Map<string, unknown>();
  const repeated = draft.whole.has(key) || (subAttribute === undefined ? parts.size > 0 : parts.has(subAttribute.name));
  if (repeated) throw writtenTwice(describeAttribute(extension, attribute, subAttribute));
  if (subAttribute === undefined) draft.whole.set(key, { extension, attribute, value });
  else draft.dotted.set(key, { extension, attribute, value: parts.set(subAttribute.name, value) });
}

/** `schemas` inside an extension object is a habit of one test suite. */
function noteUnknown(name: string, { extension }: Scope, { unknown }: Draft): void {
  if (extension === undefined || unknown.length >= MAX_UNKNOWN || foldName(name) === "schemas") return;
  unknown.push(`${extension}:${shorten(name)}`);
}
