/**
 * Paths into an answer's body: `name.familyName`, `Resources.0.id`, `["urn:…:User"].department`, `members[value=abc]`.
 *
 * @module
 */
import { isJsonObject, type Json, member } from "./json.ts";

type Segment =
  | { readonly kind: "member"; readonly name: string }
  /** The first element whose attribute has that text. */
  | { readonly kind: "element"; readonly attribute: string; readonly text: string };

/**
 * @returns undefined when nothing is there
 * @throws {TypeError} for a path that cannot be read
 */
export function readPath(body: Json, path: string): Json | undefined {
  return parse(path).reduce<Json | undefined>(step, body);
}

function step(value: Json | undefined, segment: Segment): Json | undefined {
  if (segment.kind === "element") return findElement(value, segment.attribute, segment.text);
  if (Array.isArray(value)) return value[Number(segment.name)];
  return isJsonObject(value) ? member(value, segment.name) : undefined;
}

function findElement(value: Json | undefined, attribute: string, text: string): Json | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.find((item: Json) => isJsonObject(item) && String(member(item, attribute)) === text);
}

function parse(path: string): readonly Segment[] {
  const segments: Segment[] = [];
  let rest = path;
  while (rest !== "") {
    const { segment, length } = first(rest, path);
    segments.push(segment);
    rest = rest.slice(length).replace(/^\./, "");
  }
  return segments;
}

function first(rest: string, path: string): { segment: Segment; length: number } {
  if (rest.startsWith('["')) return quotedName(rest, path);
  if (rest.startsWith("[")) return element(rest, path);
  const length = rest.search(/[.[]|$/);
  return { segment: { kind: "member", name: rest.slice(0, length) }, length };
}

function quotedName(rest: string, path: string): { segment: Segment; length: number } {
  const end = rest.indexOf('"]');
  if (end === -1) throw new TypeError(`${path} lacks a closing "].`);
  return { segment: { kind: "member", name: rest.slice(2, end) }, length: end + 2 };
}

function element(rest: string, path: string): { segment: Segment; length: number } {
  const equals = rest.indexOf("=");
  const end = rest.indexOf("]", equals);
  if (equals === -1 || end === -1) throw new TypeError(`${path} must select an element as [attribute=text].`);
  const segment: Segment = { kind: "element", attribute: rest.slice(1, equals), text: rest.slice(equals + 1, end) };
  return { segment, length: end + 1 };
}
