/**
 * Which attributes an answer contains (RFC 7644 §3.4.2.5, §3.9; `returned` of RFC 7643 §7).
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { type AttributePath, formatPath, resolvePath, resolveUrn } from "./path.ts";
import { scopeOf } from "./read-values.ts";
import type { ResourceType } from "./schema.ts";
import { foldName, indexOf, type Scope } from "./schema-index.ts";
import { type Attributes, type AttributeValue, isComplex, isList, ownValue } from "./value.ts";

/** What `attributes` and `excludedAttributes` ask for, resolved against the resource type. */
export interface AttributeSelection {
  /**
   * Whether an answer contains anything of a top-level attribute, so that a backend need not load what nobody asked
   * for. Canonical name of a core attribute, for example `members` or `groups`.
   */
  includes(attributeName: string): boolean;
  /** Whether an answer contains the attribute, or the sub-attribute, at a path. */
  shows(path: AttributePath): boolean;
}

/** The two query parameters as they arrive: names with commas between them, or an array in a search request. */
export interface RequestedAttributes {
  readonly attributes?: string | readonly string[];
  readonly excludedAttributes?: string | readonly string[];
}

/**
 * Which attributes an answer has (RFC 7644 §3.9).
 *
 * Names may be dotted, prefixed by a URN, or a URN alone, in any case; unknown ones are ignored. What is always returned
 * cannot be excluded, what is never returned cannot be asked for.
 *
 * @param requested what `attributes` and `excludedAttributes` name
 * @param type of the resource
 * @example
 * selectAttributes({ attributes: "userName,name.familyName" }, user).includes("groups"); // false
 */
export function selectAttributes(requested: RequestedAttributes, type: ResourceType): AttributeSelection {
  const only = namesOf(requested.attributes);
  const wanted = only.length === 0 ? undefined : nameSet(only, type);
  const excluded = nameSet(namesOf(requested.excludedAttributes), type);
  const { core } = indexOf(type);
  const selection: AttributeSelection = {
    shows: (path) => isShown(path, wanted, excluded, type),
    includes(attributeName) {
      const attribute = core.attributes.get(foldName(attributeName));
      return attribute !== undefined && selection.shows({ extension: undefined, attribute, subAttribute: undefined });
    },
  };
  return selection;
}

/**
 * As `selection`, for the answer to a write: what is returned on request only is returned as well to who wrote it (RFC
 * 7643 §7).
 *
 * @param isWritten whether the request specified the attribute at a path
 */
export function withWritten(
  selection: AttributeSelection,
  isWritten: (path: AttributePath) => boolean,
): AttributeSelection {
  const isAsked = (path: AttributePath) =>
    (path.subAttribute ?? path.attribute).returned === "request" && isWritten(parentOf(path));
  return { ...selection, shows: (path) => selection.shows(path) || isAsked(path) };
}

/**
 * The selected part of a rendered resource; `schemas` names what is in that part (RFC 7643 §3).
 *
 * @param rendered by `renderResource`
 * @example
 * projectResource(rendered, selectAttributes({ excludedAttributes: "members" }, group), group);
 */
export function projectResource(rendered: Attributes, selection: AttributeSelection, type: ResourceType): Attributes {
  const { core, extensions } = indexOf(type);
  const projected = extensions.flatMap((scope): [string, Attributes][] => {
    const part = projectScope(scopeOf(rendered, scope.extension), scope, selection);
    return Object.keys(part).length === 0 ? [] : [[scope.schema.id, part]];
  });
  const schemas = [type.schema.id, ...projected.map(([urn]) => urn)];
  return { ...projectScope(rendered, core, selection), schemas, ...Object.fromEntries(projected) };
}

/** The names of one parameter, resolved. */
interface NameSet {
  /** URNs of schemas that are named as a whole. */
  readonly schemas: ReadonlySet<string>;
  /** Canonical paths. */
  readonly paths: ReadonlySet<string>;
  /** Canonical paths of the attributes of which sub-attributes are named. */
  readonly parents: ReadonlySet<string>;
}

function namesOf(names: string | readonly string[] | undefined): readonly string[] {
  const list = typeof names === "string" ? [names] : (names ?? []);
  return list
    .flatMap((text) => text.split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function nameSet(names: readonly string[], type: ResourceType): NameSet {
  const schemas = names.flatMap((name) => resolveUrn(name, type)?.schema.id ?? []);
  const paths = names.flatMap((name) => resolvePath(name, type) ?? []);
  const parents = paths.filter(({ subAttribute }) => subAttribute !== undefined).map(parentOf);
  return {
    schemas: new Set(schemas),
    paths: new Set(paths.map(formatPath)),
    parents: new Set(parents.map(formatPath)),
  };
}

function isShown(path: AttributePath, wanted: NameSet | undefined, excluded: NameSet, type: ResourceType): boolean {
  const leaf = path.subAttribute ?? path.attribute;
  if (leaf.returned === "never" || path.attribute.returned === "never") return false;
  if (leaf.returned === "always") return true;
  if (names(excluded, path, type)) return false;
  if (path.subAttribute === undefined) {
    return wanted === undefined
      ? leaf.returned === "default"
      : names(wanted, path, type) || wanted.parents.has(formatPath(path));
  }
  return isPartShown(path, leaf, wanted, type);
}

/** Who names an attribute means its default parts; who names some of its parts means these. */
function isPartShown(path: AttributePath, part: Attribute, wanted: NameSet | undefined, type: ResourceType): boolean {
  if (wanted?.paths.has(formatPath(path))) return true;
  const parent = parentOf(path);
  const whole = wanted === undefined || names(wanted, parent, type) || !wanted.parents.has(formatPath(parent));
  return whole && part.returned === "default";
}

function names({ schemas, paths }: NameSet, path: AttributePath, type: ResourceType): boolean {
  // Most requests name nothing, and every attribute of every resource is asked about.
  if (paths.size === 0 && schemas.size === 0) return false;
  return (
    paths.has(formatPath(path)) || (path.subAttribute === undefined && schemas.has(path.extension ?? type.schema.id))
  );
}

function parentOf(path: AttributePath): AttributePath {
  return { ...path, subAttribute: undefined };
}

function projectScope(values: Attributes | undefined, scope: Scope, selection: AttributeSelection): Attributes {
  const projected: Record<string, AttributeValue> = {};
  for (const attribute of scope.attributes.values()) {
    const path = { extension: scope.extension, attribute, subAttribute: undefined };
    const value = ownValue(values, attribute.name);
    if (value === undefined || !selection.shows(path)) continue;
    const part = projectValue(value, path, selection);
    if (part !== undefined) projected[attribute.name] = part;
  }
  return projected;
}

function projectValue(
  value: AttributeValue,
  path: AttributePath,
  selection: AttributeSelection,
): AttributeValue | undefined {
  const subAttributes = path.attribute.subAttributes ?? [];
  const shown = subAttributes.filter((subAttribute) => selection.shows({ ...path, subAttribute }));
  if (shown.length === subAttributes.length) return value;
  if (!isList(value)) return pick(value, shown);
  const elements = value.map((element) => pick(element, shown)).filter((element) => element !== undefined);
  return elements.length === 0 ? undefined : elements;
}

function pick(value: AttributeValue, shown: readonly Attribute[]): AttributeValue | undefined {
  if (!isComplex(value)) return value;
  const kept = shown.flatMap(({ name }): [string, AttributeValue][] => {
    const part = ownValue(value, name);
    return part === undefined ? [] : [[name, part]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
