/**
 * Shapes of PATCH operations that identity providers really send, as named data with the capture that shows each. What
 * is left after them is judged by RFC 7644 §3.5.2 alone. To accept one more shape, add one entry; shapes of values are
 * in `value-dialects`.
 *
 * @module
 */
import { resolveUrn } from "./path.ts";
import type { ResourceType } from "./schema.ts";
import { foldName } from "./schema-index.ts";
import { USER_URN } from "./urn.ts";
import { isObject } from "./value-dialects.ts";

/** One operation as text and JSON. */
export interface RawOperation {
  /** `subtract` exists here only: a `remove` that lists what to remove. */
  readonly op: string;
  readonly path: string | undefined;
  /** Undefined when the member is missing. */
  readonly value: unknown;
  /** True for what was a key of a path-less value: there, unknown and read-only names are ignored. */
  readonly lenient: boolean;
}

export interface PatchDialect {
  readonly name: string;
  readonly description: string;
  /** Who sends it. */
  readonly client: string;
  /** A captured operation, as on the wire. */
  readonly captured: string;
  /** The operations that are meant; the same one when the rule does not apply. */
  rewrite(operation: RawOperation, type: ResourceType): readonly RawOperation[];
}

/** Applied in order, each to all that the one before it left. */
export const PATCH_DIALECTS: readonly PatchDialect[] = [
  {
    name: "operation-name-in-any-case",
    description: "`Add`, `Replace` and `Remove` are written with a capital letter.",
    client: "Microsoft Entra ID",
    captured: `{"op": "Replace", "path": "active", "value": "False"}`,
    rewrite: (operation) => [{ ...operation, op: operation.op.toLowerCase() }],
  },
  {
    name: "remove-with-value",
    description: "What to remove from a multi-valued attribute is listed in `value` instead of a filter.",
    client: "Microsoft Entra ID, JumpCloud",
    captured: `{"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "2819c223"}]}`,
    rewrite: (operation) =>
      operation.op === "remove" && operation.path !== undefined && isGiven(operation.value)
        ? [{ ...operation, op: "subtract" }]
        : [operation],
  },
  {
    name: "path-less-value",
    description: "Without a path every key of the value is a path: plain, dotted, filtered, or with a URN in front.",
    client: "Okta, Microsoft Entra ID with aadOptscim062020",
    captured: `{"op": "replace", "value": {"displayName": "Ines", "name.givenName": "Inez"}}`,
    rewrite: (operation) =>
      operation.path === undefined && operation.op !== "remove" && isObject(operation.value)
        ? byKey(operation, operation.value, "")
        : [operation],
  },
  {
    name: "schema-object",
    description: "A URN alone is the path of everything in that schema; the keys of its object are paths within it.",
    client: "Okta",
    captured: `{"op": "replace", "value": {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Docs"}}}`,
    rewrite: (operation, type) =>
      operation.path !== undefined &&
      operation.op !== "subtract" &&
      resolveUrn(operation.path, type) !== undefined &&
      isObject(operation.value)
        ? byKey(operation, operation.value, `${operation.path}:`)
        : [operation],
  },
  {
    name: "schemas-are-derived",
    description: "`schemas` is sent along with what it describes; it follows from the data here.",
    client: "python-scim/scim2-tester",
    captured: `{"op": "add", "path": "schemas", "value": ["${USER_URN}"]}`,
    rewrite: (operation) => (isSchemas(operation.path) ? [] : [operation]),
  },
];

/** The operations that are meant by one that was sent. */
export function rewriteOperation(operation: RawOperation, type: ResourceType): readonly RawOperation[] {
  return PATCH_DIALECTS.reduce<readonly RawOperation[]>(
    (operations, dialect) => operations.flatMap((one) => dialect.rewrite(one, type)),
    [operation],
  );
}

function byKey(
  operation: RawOperation,
  value: Readonly<Record<string, unknown>>,
  prefix: string,
): readonly RawOperation[] {
  return Object.entries(value).map(([key, part]) => ({
    ...operation,
    path: `${prefix}${key}`,
    value: part,
    lenient: true,
  }));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isSchemas(path: string | undefined): boolean {
  return path !== undefined && /(?:^|:)schemas$/.test(foldName(path));
}
