/**
 * What the rules of a connection, and the directory's own word, make of one person: pure, and able to say why.
 *
 * @module
 */
import type { ResourceType } from "@muster/scim-core";
import { isOwnerRole, OWNER_ROLE } from "../account/role.ts";
import type { AccountKind, ConnectionSettings, DecidedRole, GroupId, RoleRule } from "../ports/index.ts";
import { readAttribute } from "./attribute-path.ts";
import type { Branch, Finding, RuleFacts } from "./question.ts";
import { highestRole, type RoleOrder } from "./role-rank.ts";
import type { Questions } from "./rule-condition.ts";

/** What a rule can decide. */
export type RuleSlot = "kind" | "role" | "contentRole" | "groups";

/** One rule and one person. */
export interface RuleTrace {
  readonly rule: string;
  readonly name: string | null;
  readonly matched: boolean;
  /** What was looked at: values of the attribute, names of the groups, the value of the expression. */
  readonly seen: readonly unknown[];
  /** What every part of the expression came to; only where an explanation was asked for. */
  readonly branches?: Branch;
  /** What it was that decided; empty also for a rule that matches behind one that was asked first. */
  readonly decides: readonly RuleSlot[];
  /** Why it cannot match, or gives less than it says. */
  readonly problem: string | null;
}

/** What the directory itself says about a role. */
export interface DirectoryRoleTrace {
  readonly slot: "role" | "contentRole";
  readonly attribute: string;
  readonly seen: readonly unknown[];
  readonly decides: boolean;
}

export interface RuleDecision {
  readonly kind: AccountKind | undefined;
  readonly role: DecidedRole | null;
  readonly contentRole: DecidedRole | null;
  readonly groups: readonly GroupId[];
  readonly trace: { readonly rules: readonly RuleTrace[]; readonly directory: readonly DirectoryRoleTrace[] };
}

export type RuleSettings = Pick<ConnectionSettings, "roleMapping" | "allowOwnerRole">;

/** What the host decides about rules. */
export interface RuleTerms {
  readonly userType: ResourceType;
  readonly roleOrder: RoleOrder;
  readonly questions: Questions;
  /** Whether somebody reads why; that costs several times as much. */
  readonly explains?: boolean;
}

interface Asked {
  readonly rule: RoleRule;
  readonly finding: Finding;
  readonly problem: string | null;
  readonly branches: Branch | undefined;
}

export function evaluateRules(settings: RuleSettings, facts: RuleFacts, terms: RuleTerms): RuleDecision {
  const { rules, strategy } = settings.roleMapping;
  const asked = inOrder(rules).map((rule) => ask(rule, facts, settings, terms));
  const matching = asked.filter(({ finding }) => finding.matched);
  const byHighest = strategy === "highest";
  const kind = matching.find(({ rule }) => rule.then.kind !== undefined);
  const said = saidRoles(settings, facts, terms);
  const portal = pick(matching, "role", byHighest, terms.roleOrder.portal, (role) => isAllowed(role, settings));
  const content = pick(matching, "contentRole", byHighest, terms.roleOrder.content, () => true);
  const givers = matching.filter(({ rule }) => rule.then.groups !== undefined);
  const groups = byHighest ? givers : givers.slice(0, 1);
  const deciders = {
    kind: [kind],
    role: [said.role === null ? portal : undefined],
    contentRole: [said.contentRole === null ? content : undefined],
    groups,
  };
  return {
    kind: kind?.rule.then.kind,
    role: said.role ?? byRule(portal, "role"),
    contentRole: said.contentRole ?? byRule(content, "contentRole"),
    groups: [...new Set(groups.flatMap(({ rule }) => rule.then.groups ?? []))],
    trace: { rules: asked.map((one) => traceOf(one, deciders)), directory: said.trace },
  };
}

/** By priority, then in the order in which they were written. */
export function inOrder(rules: readonly RoleRule[]): readonly RoleRule[] {
  return rules.toSorted((a, b) => a.priority - b.priority);
}

function ask(rule: RoleRule, facts: RuleFacts, settings: RuleSettings, { questions, explains }: RuleTerms): Asked {
  const question = questions(rule.when);
  const finding = question.ask(facts);
  const { role } = rule.then;
  const isRefused = finding.matched && role !== undefined && !isAllowed(role, settings);
  const problem = question.problem ?? finding.problem ?? (isRefused ? OWNER_NOT_ALLOWED : null);
  return { rule, finding, problem, branches: explains ? question.explain?.(facts) : undefined };
}

const OWNER_NOT_ALLOWED = `The role ${OWNER_ROLE} is given by no rule unless allowOwnerRole is on.`;

function isAllowed(role: string, { allowOwnerRole }: Pick<RuleSettings, "allowOwnerRole">): boolean {
  return allowOwnerRole || !isOwnerRole(role);
}

function pick(
  matching: readonly Asked[],
  slot: "role" | "contentRole",
  byHighest: boolean,
  order: readonly string[],
  allows: (role: string) => boolean,
): Asked | undefined {
  const roleOf = ({ rule }: Asked): string => canonical(rule.then[slot] ?? "", slot);
  const givers = matching.filter(({ rule }) => rule.then[slot] !== undefined && allows(rule.then[slot]));
  return byHighest ? highestRole(givers, roleOf, order) : givers[0];
}

function byRule(decider: Asked | undefined, slot: "role" | "contentRole"): DecidedRole | null {
  const value = decider?.rule.then[slot];
  return value === undefined ? null : { value: canonical(value, slot), source: "rule" };
}

/** An owner is one in whatever spelling, and found by one. */
function canonical(role: string, slot: "role" | "contentRole"): string {
  return slot === "role" && isOwnerRole(role) ? OWNER_ROLE : role;
}

interface SaidRoles {
  readonly role: DecidedRole | null;
  readonly contentRole: DecidedRole | null;
  readonly trace: readonly DirectoryRoleTrace[];
}

/** Roles that the directory names itself, in the attributes that are set aside for that. */
function saidRoles(settings: RuleSettings, { resource }: RuleFacts, { userType, roleOrder }: RuleTerms): SaidRoles {
  const { roleAttribute, contentRoleAttribute } = settings.roleMapping;
  const trace: DirectoryRoleTrace[] = [];
  const read = (
    slot: "role" | "contentRole",
    attribute: string | null,
    order: readonly string[],
  ): DecidedRole | null => {
    if (attribute === null) return null;
    const seen = readAttribute(attribute, userType).read(resource);
    const named = seen.filter(isRoleName).map((role) => canonical(role, slot));
    const usable = named.filter((role) => slot === "contentRole" || isAllowed(role, settings));
    const value = highestRole(usable, (role) => role, order);
    trace.push({ slot, attribute, seen, decides: value !== undefined });
    return value === undefined ? null : { value, source: "idp" };
  };
  const role = read("role", roleAttribute, roleOrder.portal);
  const contentRole = read("contentRole", contentRoleAttribute, roleOrder.content);
  return { role, contentRole, trace };
}

const LONGEST_ROLE = 100;
const CONTROL_CHARACTER = /\p{Cc}/u;

/** What a directory may call a role: the same that an admin may. */
function isRoleName(value: unknown): value is string {
  if (typeof value !== "string" || value.length > LONGEST_ROLE) return false;
  return value.trim() !== "" && !CONTROL_CHARACTER.test(value);
}

type Deciders = Readonly<Record<RuleSlot, readonly (Asked | undefined)[]>>;

function traceOf(asked: Asked, deciders: Deciders): RuleTrace {
  const { rule, problem, branches } = asked;
  const { matched, seen } = asked.finding;
  const decides = (Object.keys(deciders) as RuleSlot[]).filter((slot) => deciders[slot].includes(asked));
  const trace = { rule: rule.id, name: rule.name, matched, seen, decides, problem };
  return branches === undefined ? trace : { ...trace, branches };
}
