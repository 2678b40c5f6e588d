/**
 * Attribute paths, resolved against a resource type (RFC 7644 §3.10): names are canonical from here on.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { describeAttribute, describeText } from "./describe.ts";
import { ScimError } from "./errors.ts";
import type { ResourceType } from "./schema.ts";
import { foldName, indexOf, type Scope, subAttributeOf, type TypeIndex } from "./schema-index.ts";
import type { Urn } from "./urn.ts";

/** A resolved path of RFC 7644 §3.10 without a value filter: `userName`, `name.familyName`, `urn:…:User:department`. */
export interface AttributePath {
  /** The extension that the attribute belongs to; undefined for core and common attributes. */
  readonly extension: Urn | undefined;
  readonly attribute: Attribute;
  readonly subAttribute: Attribute | undefined;
}

/**
 * Resolves attribute notation: names and URNs in any case, the core URN allowed as a prefix, and a bare name of an
 * extension when the core schema has no such name (Entra writes `manager`).
 *
 * @param text an attribute, alone or with a sub-attribute
 * @param type whose schemas know it
 * @throws ScimError `invalidPath` for what names no attribute of the type
 * @example
 * parsePath("URN:ietf:params:scim:schemas:core:2.0:User:NAME.familyname", user).subAttribute?.name; // "familyName"
 */
export function parsePath(text: string, type: ResourceType): AttributePath {
  const path = resolvePath(text, type);
  if (path === undefined) {
    throw new ScimError("invalidPath", `${describeText(text)} at position 1 is no attribute of ${type.name}.`);
  }
  return path;
}

/** As `parsePath`, without an opinion on what to do about a path that names nothing. */
export function resolvePath(text: string, type: ResourceType): AttributePath | undefined {
  return canonicalPathsOf(type).get(text) ?? resolveAnySpelling(text, type);
}

function resolveAnySpelling(text: string, type: ResourceType): AttributePath | undefined {
  const index = indexOf(type);
  if (!text.includes(":")) return resolveBareName(text, index);
  const { scope, rest } = splitUrn(text, index);
  return scope === undefined ? resolveBareName(rest, index) : resolveInScope(rest, scope);
}

const canonicalPaths = new WeakMap<ResourceType, ReadonlyMap<string, AttributePath>>();

/** Every path of the type as `formatPath` spells it, compiled on first use: most requests spell so, and save the search. */
function canonicalPathsOf(type: ResourceType): ReadonlyMap<string, AttributePath> {
  let known = canonicalPaths.get(type);
  if (known === undefined) {
    const { core, extensions } = indexOf(type);
    const paths = [core, ...extensions].flatMap(pathsOfScope);
    known = new Map(paths.map((path) => [formatPath(path), path]));
    canonicalPaths.set(type, known);
  }
  return known;
}

function pathsOfScope({ extension, attributes }: Scope): readonly AttributePath[] {
  return [...attributes.values()].flatMap((attribute) =>
    [undefined, ...(attribute.subAttributes ?? [])].map((subAttribute) => ({ extension, attribute, subAttribute })),
  );
}

/** As `resolvePath`, within one schema: the name, and perhaps a sub-attribute behind a dot. */
export function resolveInScope(text: string, scope: Scope): AttributePath | undefined {
  const dot = text.indexOf(".");
  const name = foldName(dot === -1 ? text : text.slice(0, dot));
  const attribute = scope.attributes.get(name) ?? scope.aliases.get(name);
  if (attribute === undefined || dot === -1) {
    return attribute && { extension: scope.extension, attribute, subAttribute: undefined };
  }
  const subAttribute = subAttributeOf(attribute, text.slice(dot + 1));
  return subAttribute && { extension: scope.extension, attribute, subAttribute };
}

/** The schema that a text names, when it is nothing but a URN of the type. */
export function resolveUrn(text: string, type: ResourceType): Scope | undefined {
  return indexOf(type).byUrn.get(foldName(text));
}

/** The path as a client would write it, in canonical spelling. */
export function formatPath({ extension, attribute, subAttribute }: AttributePath): string {
  const name = subAttribute === undefined ? attribute.name : `${attribute.name}.${subAttribute.name}`;
  return extension === undefined ? name : `${extension}:${name}`;
}

/** The path as an error text names it. */
export function describePath({ extension, attribute, subAttribute }: AttributePath): string {
  return describeAttribute(extension, attribute, subAttribute);
}

/** The longest registered URN in front wins, so that the dot of `2.0` never splits anything. */
export function splitUrn(
  text: string,
  { byUrn }: TypeIndex,
): { readonly scope: Scope | undefined; readonly rest: string } {
  for (const [urn, scope] of byUrn) {
    const prefixed = text[urn.length] === ":" && foldName(text.slice(0, urn.length)) === urn;
    if (prefixed) return { scope, rest: text.slice(urn.length + 1) };
  }
  return { scope: undefined, rest: text };
}

/** Names of the core schema first: only what it lacks leads into an extension. */
function resolveBareName(text: string, { core, extensionOfBareName }: TypeIndex): AttributePath | undefined {
  const path = resolveInScope(text, core);
  if (path !== undefined) return path;
  const [name = ""] = text.split(".", 1);
  const extension = extensionOfBareName.get(foldName(name));
  return extension && resolveInScope(text, extension);
}
