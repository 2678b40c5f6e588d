/**
 * Look-ups into a resource type, compiled once: attributes by name without case, URN prefixes longest first. Answers
 * come from maps, so that no inherited name of JavaScript ever resolves.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import type { ResourceType, Schema } from "./schema.ts";
import { COMMON_ATTRIBUTES } from "./schemas/common.ts";
import type { Urn } from "./urn.ts";

/** The attributes of one schema; of the core schema together with the common attributes. */
export interface Scope {
  /** The URN of the extension; undefined for the core schema. */
  readonly extension: Urn | undefined;
  readonly schema: Schema;
  /** Whether resources must carry something of it. */
  readonly required: boolean;
  /** By folded name. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** By the folded names that clients may write instead. */
  readonly aliases: ReadonlyMap<string, Attribute>;
}

export interface TypeIndex {
  readonly core: Scope;
  readonly extensions: readonly Scope[];
  /** All scopes by folded URN, longest URN first, because one registered URN may begin with another. */
  readonly byUrn: ReadonlyMap<string, Scope>;
  /** The first extension that has an attribute which the core schema lacks, by the attribute's folded name. */
  readonly extensionOfBareName: ReadonlyMap<string, Scope>;
}

/** A name or URN for comparing without case; the empty string, which names nothing, unless it is visible ASCII (J34). */
export function foldName(name: string): string {
  let hasCapital = false;
  // Every name of every request passes here: one loop costs a fraction of a regular expression.
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code < 0x21 || code > 0x7e) return "";
    hasCapital ||= code >= 0x41 && code <= 0x5a;
  }
  return hasCapital ? name.toLowerCase() : name;
}

const indexes = new WeakMap<ResourceType, TypeIndex>();
const subAttributes = new WeakMap<Attribute, ReadonlyMap<string, Attribute>>();

/** The look-ups of a resource type; compiled on first use. */
export function indexOf(type: ResourceType): TypeIndex {
  const known = indexes.get(type);
  if (known !== undefined) return known;
  const index = compile(type);
  indexes.set(type, index);
  return index;
}

/** A sub-attribute by its name in any case. */
export function subAttributeOf(attribute: Attribute, name: string): Attribute | undefined {
  let known = subAttributes.get(attribute);
  if (known === undefined) {
    const parts = attribute.subAttributes ?? [];
    known = new Map([...byAlias(parts), ...byFoldedName(parts)]);
    subAttributes.set(attribute, known);
  }
  return known.get(foldName(name));
}

function compile(type: ResourceType): TypeIndex {
  const core: Scope = {
    extension: undefined,
    schema: type.schema,
    required: true,
    attributes: byFoldedName([...COMMON_ATTRIBUTES, ...type.schema.attributes]),
    aliases: byAlias(type.schema.attributes),
  };
  const extensions = type.extensions.map(
    ({ schema, required }): Scope => ({
      extension: schema.id,
      schema,
      required,
      attributes: byFoldedName(schema.attributes),
      aliases: byAlias(schema.attributes),
    }),
  );
  const longestFirst = [core, ...extensions].sort((a, b) => b.schema.id.length - a.schema.id.length);
  return {
    core,
    extensions,
    byUrn: new Map(longestFirst.map((scope) => [foldName(scope.schema.id), scope])),
    extensionOfBareName: bareNames(core, extensions),
  };
}

function bareNames(core: Scope, extensions: readonly Scope[]): ReadonlyMap<string, Scope> {
  const names = new Map<string, Scope>();
  for (const scope of extensions) {
    for (const name of scope.attributes.keys()) {
      if (!core.attributes.has(name) && !names.has(name)) names.set(name, scope);
    }
  }
  return names;
}

function byFoldedName(attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> {
  return new Map(attributes.map((attribute) => [foldName(attribute.name), attribute]));
}

function byAlias(attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> {
  return new Map(
    attributes.flatMap((attribute) => (attribute.aliases ?? []).map((alias) => [foldName(alias), attribute] as const)),
  );
}
