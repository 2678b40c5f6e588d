/**
 * One rule for each thing that `checkExpression` finds. A rule looks at one call or node at a time.
 *
 * @module
 */
import type { CallNode, Expression, ExpressionNode, TextNode } from "./ast.ts";
import { INTERVALS } from "./date-interval.ts";
import { readPattern } from "./date-pattern.ts";
import { isExpressionError } from "./errors.ts";
import { findFunction } from "./functions/registry.ts";
import { readCulture } from "./letter-case.ts";
import { type Dialect, parameterAt } from "./signature.ts";

/** What is looked at, and for whom. */
export interface Subject {
  readonly expression: Expression;
  readonly dialect: Dialect;
  /** Nodes that stand where a condition stands: first in `IIF` or `CBool`. */
  readonly conditions: ReadonlySet<ExpressionNode>;
}

/** Every code of a finding. Codes are public. */
export type LintCode =
  | "not-a-function"
  | "iif-null-condition"
  | "switch-presence-source"
  | "switch-reference-source"
  | "comparison-outside-condition"
  | "pcase-default-separators"
  | "date-without-cdate"
  | "unknown-escape"
  | "replace-argument-count"
  | "select-unique-value"
  | "cloud-sync-only"
  | "not-in-cloud-sync"
  | "undocumented-function"
  | "unknown-interval"
  | "unknown-format"
  | "unknown-culture"
  | "unknown-group";

/** A `warning` works here and may not in Entra; an `error` fails whenever it is evaluated. */
export interface LintRule {
  readonly code: LintCode;
  readonly severity: "warning" | "error";
  readonly message: string;
  /** The node that is wrong: this one, or one right below. */
  find(node: ExpressionNode, subject: Subject): ExpressionNode | undefined;
}

const PRESENCE: ReadonlySet<string> = new Set(["IsNull", "IsNullOrEmpty", "IsPresent"]);
const REFERENCES: ReadonlySet<string> = new Set(["manager"]);
const DATE_FUNCTIONS: ReadonlySet<string> = new Set(["DateAdd", "DateDiff"]);
const REPLACE_ARGUMENTS = 7;
const MID_ARGUMENTS = 3;

/** Functions that the reference of application provisioning has and that of cloud sync has not. */
const NOT_IN_CLOUD_SYNC: ReadonlySet<string> = new Set([
  "AppRoleAssignmentsComplex",
  "AssertiveAppRoleAssignmentsComplex",
  "CDate",
  "Coalesce",
  "DateAdd",
  "DateDiff",
  "IgnoreFlowIfNullOrEmpty",
  "Now",
  "NumFromDate",
  "PCase",
  "RandomString",
  "Redact",
]);

export const LINT_RULES: readonly LintRule[] = [
  {
    code: "not-a-function",
    severity: "warning",
    message: "Entra takes functions only; an attribute is mapped directly, a comparison stands in IIF.",
    find: (node, { expression }) => (node === expression.root && node.kind !== "call" ? node : undefined),
  },
  {
    code: "iif-null-condition",
    severity: "warning",
    message: 'In Entra, a condition of IIF over an absent attribute fails. Use Switch with the key "".',
    find: (node) => whenCall(node, "IIF", ([condition]) => (asksForNothing(condition) ? condition : undefined)),
  },
  {
    code: "switch-presence-source",
    severity: "warning",
    message: 'Microsoft advises against asking for presence in Switch. Use the attribute and the key "".',
    find: (node) => whenCall(node, "Switch", ([source]) => (isPresence(source) ? source : undefined)),
  },
  {
    code: "switch-reference-source",
    severity: "warning",
    message: "In Entra, Switch does not work on attributes that refer to other objects.",
    find: (node) =>
      whenCall(node, "Switch", ([source]) =>
        source?.kind === "attribute" && REFERENCES.has(source.name) ? source : undefined,
      ),
  },
  {
    code: "comparison-outside-condition",
    severity: "warning",
    message: "Entra knows comparisons only as the condition of IIF and in CBool.",
    find: (node, { expression, conditions }) =>
      node.kind === "comparison" && node !== expression.root && !conditions.has(node) ? node : undefined,
  },
  {
    code: "pcase-default-separators",
    severity: "warning",
    message: 'Without word separators, Entra may treat apostrophes in another way. Give them, such as " \'-".',
    find: (node) => whenCall(node, "PCase", ([, separators], call) => (separators === undefined ? call : undefined)),
  },
  {
    code: "date-without-cdate",
    severity: "warning",
    message: "Entra takes dates here from CDate, DateFromNum or Now only.",
    find: (node) =>
      node.kind === "call" && DATE_FUNCTIONS.has(node.name)
        ? argumentsOfType(node, "DateTime").find((arg) => arg.kind !== "call")
        : undefined,
  },
  {
    code: "unknown-escape",
    severity: "warning",
    message: 'Only \\\\ and \\" are escapes; this backslash is taken as it is. Write \\\\ for a backslash.',
    find: (node, { expression }) =>
      node.kind === "text" && hasUnknownEscape(expression.text.slice(node.start + 1, node.end - 1)) ? node : undefined,
  },
  {
    code: "replace-argument-count",
    severity: "warning",
    message: "Entra wants all seven arguments of Replace, also when the last are left out: `, , )`.",
    find: (node) => whenCall(node, "Replace", (args, call) => (args.length < REPLACE_ARGUMENTS ? call : undefined)),
  },
  {
    code: "select-unique-value",
    severity: "warning",
    message: "Entra has SelectUniqueValue only for provisioning from HR to Active Directory, at creation.",
    find: (node) => whenCall(node, "SelectUniqueValue", (_, call) => call),
  },
  {
    code: "cloud-sync-only",
    severity: "warning",
    message: "Only the reference of cloud sync has this; application provisioning may not know it.",
    find: (node, { dialect }) =>
      dialect === "appProvisioning" && node.kind === "call" && isCloudSyncOnly(node) ? node : undefined,
  },
  {
    code: "not-in-cloud-sync",
    severity: "warning",
    message: "The reference of cloud sync does not have this function.",
    find: (node, { dialect }) =>
      dialect === "cloudSync" && node.kind === "call" && NOT_IN_CLOUD_SYNC.has(node.name) ? node : undefined,
  },
  {
    code: "undocumented-function",
    severity: "warning",
    message: "Graph lists this function, but no reference says what it does.",
    find: (node) => (node.kind === "call" && findFunction(node.name)?.onlyIn === "Graph" ? node : undefined),
  },
  {
    code: "unknown-interval",
    severity: "error",
    message: `There is no such interval; there are ${INTERVALS.join(", ")}.`,
    find: (node) =>
      node.kind === "call" && DATE_FUNCTIONS.has(node.name)
        ? constantNamed(node, "interval", (interval) => INTERVALS.includes(interval))
        : undefined,
  },
  {
    code: "unknown-format",
    severity: "error",
    message: "This is no date format of .NET, such as yyyy-MM-dd.",
    find: (node) => constantNamed(node, "inputFormat", isFormat) ?? constantNamed(node, "outputFormat", isFormat),
  },
  {
    code: "unknown-culture",
    severity: "error",
    message: "This is no name of a culture, such as en-US.",
    find: (node) => constantNamed(node, "culture", (culture) => succeeds(() => readCulture(culture))),
  },
  {
    code: "unknown-group",
    severity: "error",
    message: "The pattern has no group of this name. Name it in the pattern: (?<name>…).",
    find: (node, { expression }) =>
      whenCall(node, "Replace", ([, , pattern, group]) => {
        const compiled = pattern?.kind === "text" ? expression.patterns.get(pattern.value) : undefined;
        return group?.kind === "text" && compiled?.groups.has(group.value) === false ? group : undefined;
      }),
  },
];

type Args = CallNode["args"];

function whenCall(
  node: ExpressionNode,
  name: string,
  find: (args: Args, call: CallNode) => ExpressionNode | undefined,
): ExpressionNode | undefined {
  return node.kind === "call" && node.name === name ? find(node.args, node) : undefined;
}

function isPresence(node: ExpressionNode | undefined): boolean {
  return node?.kind === "call" && PRESENCE.has(node.name);
}

function asksForNothing(condition: ExpressionNode | undefined): boolean {
  if (condition?.kind !== "comparison") return isPresence(condition);
  return [condition.left, condition.right].some(
    (side) => isPresence(side) || (side.kind === "text" && side.value === ""),
  );
}

function argumentsOfType(call: CallNode, type: string): readonly ExpressionNode[] {
  const definition = findFunction(call.name);
  return call.args.flatMap((arg, index) => {
    const parameter = definition && parameterAt(definition, index, call.args.length);
    return arg !== undefined && parameter?.type === type ? [arg] : [];
  });
}

/** Backslashes pair up from the left, so what is left over stands before something it does not escape. */
function hasUnknownEscape(literal: string): boolean {
  return Array.from(literal.matchAll(/\\([\s\S])/g)).some(([, escaped]) => escaped !== "\\" && escaped !== '"');
}

function isCloudSyncOnly({ name, args }: CallNode): boolean {
  const definition = findFunction(name);
  if (definition?.onlyIn === "cloud sync" || args.length === definition?.cloudSyncArguments) return true;
  return name === "Mid" && args.length < MID_ARGUMENTS;
}

/** The constant of a parameter, if it stands there and is not valid. */
function constantNamed(node: ExpressionNode, name: string, isValid: (value: string) => boolean): TextNode | undefined {
  if (node.kind !== "call") return undefined;
  const definition = findFunction(node.name);
  return node.args.find(
    (arg, index): arg is TextNode =>
      arg?.kind === "text" &&
      definition !== undefined &&
      parameterAt(definition, index, node.args.length)?.name === name &&
      !isValid(arg.value),
  );
}

function isFormat(format: string): boolean {
  return succeeds(() => readPattern(format));
}

function succeeds(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (isExpressionError(error)) return false;
    throw error;
  }
}
