/**
 * What is wrong with rules, all of it at once, and what may surprise about them.
 *
 * @module
 */
import { isOwnerRole } from "../account/role.ts";
import type { RoleMapping, RoleRule } from "../ports/index.ts";
import { readAttribute } from "./attribute-path.ts";
import { inOrder, type RuleSettings, type RuleTerms } from "./evaluate-rules.ts";
import type { RuleRemark } from "./rule-remark.ts";

export interface RuleCheck {
  readonly problems: readonly RuleRemark[];
  readonly warnings: readonly RuleRemark[];
}

/** Everything but whether the groups are there, which only the store knows. */
export function checkRules(settings: RuleSettings, terms: RuleTerms): RuleCheck {
  const { roleMapping } = settings;
  const remarks = roleMapping.rules.map((rule, index) => checkRule(rule, `rules.${index}`, settings, terms));
  return {
    problems: [
      ...remarks.flatMap(({ problems }) => problems),
      ...duplicateIds(roleMapping.rules),
      ...roleAttributes(roleMapping, terms),
    ],
    warnings: [
      ...remarks.flatMap(({ warnings }) => warnings),
      ...neverReached(roleMapping),
      ...unranked(roleMapping, terms),
    ],
  };
}

function checkRule(
  { when, then }: RoleRule,
  path: string,
  settings: RuleSettings,
  { questions }: RuleTerms,
): RuleCheck {
  const question = questions(when);
  const [asks = ""] = Object.keys(when);
  const condition = `${path}.when.${"attribute" in when ? "attribute.path" : asks}`;
  const problems: RuleRemark[] = [];
  if (question.problem !== undefined) problems.push(remark(condition, question.problem, question.position));
  if (then.role !== undefined && isOwnerRole(then.role) && !settings.allowOwnerRole) {
    problems.push({ path: `${path}.then.role`, message: "No rule makes an owner unless allowOwnerRole is on." });
  }
  const warnings = question.warnings ?? [];
  return { problems, warnings: warnings.map(({ message, position }) => ({ path: condition, message, position })) };
}

function remark(path: string, message: string, position: number | undefined): RuleRemark {
  return position === undefined ? { path, message } : { path, message, position };
}

function duplicateIds(rules: readonly RoleRule[]): readonly RuleRemark[] {
  const seen = new Set<string>();
  return rules.flatMap(({ id }, index) => {
    const isFirst = !seen.has(id);
    seen.add(id);
    return isFirst ? [] : { path: `rules.${index}.id`, message: `Another rule has the id "${id}" already.` };
  });
}

function roleAttributes(mapping: RoleMapping, { userType }: RuleTerms): readonly RuleRemark[] {
  return (["roleAttribute", "contentRoleAttribute"] as const).flatMap((path) => {
    const attribute = mapping[path];
    const problem = attribute === null ? undefined : readAttribute(attribute, userType).problem;
    return problem === undefined ? [] : { path, message: problem };
  });
}

/** Of two rules that ask the same, and give nothing that the first does not, the second decides nothing. */
function neverReached({ rules, strategy }: RoleMapping): readonly RuleRemark[] {
  if (strategy === "highest") return [];
  const given = new Map<string, Set<string>>();
  return inOrder(rules).flatMap((rule) => {
    const key = JSON.stringify(rule.when);
    const before = given.get(key);
    const slots = Object.entries(rule.then).flatMap(([slot, value]) => (value === undefined ? [] : slot));
    given.set(key, new Set([...(before ?? []), ...slots]));
    if (before === undefined || slots.some((slot) => !before.has(slot))) return [];
    return { path: `rules.${rules.indexOf(rule)}`, message: "An earlier rule asks the same, and decides first." };
  });
}

function unranked({ rules, strategy }: RoleMapping, { roleOrder }: RuleTerms): readonly RuleRemark[] {
  if (strategy === "priority") return [];
  const orders = { role: roleOrder.portal, contentRole: roleOrder.content };
  return rules.flatMap(({ then }, index) =>
    (["role", "contentRole"] as const).flatMap((slot) => {
      const role = then[slot];
      if (role === undefined || orders[slot].includes(role)) return [];
      const message = `"${role}" is none of the roles whose order is known: it counts as the lowest.`;
      return { path: `rules.${index}.then.${slot}`, message };
    }),
  );
}
