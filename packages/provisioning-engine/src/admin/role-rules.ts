/**
 * `admin.roleRules`: the rules of a root connection, replaced as a whole.
 *
 * @module
 */
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import { resolveGroup } from "../group/resolve-group.ts";
import type { RoleMapping, RoleRule, Transaction } from "../ports/index.ts";
import { checkRules } from "../role-rule/check-rules.ts";
import type { RuleTerms } from "../role-rule/evaluate-rules.ts";
import { isReviewDue, requestReview } from "../role-rule/review.ts";
import type { RuleRemark } from "../role-rule/rule-remark.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { checked } from "../validation/checked.ts";
import type { Admin, NewRoleRules } from "./admin.ts";
import { storedConnection } from "./connections.ts";
import { auditSides, differences } from "./differences.ts";
import type { RoleRulesView } from "./explain-views.ts";
import { changeOrSimulate, type Operator, readTenant } from "./operator.ts";
import { refuseInherited } from "./refusals.ts";
import { NEW_ROLE_RULES } from "./shapes.ts";
import { ensureWritten } from "./written.ts";

export function roleRuleOperations(operator: Operator): Admin["roleRules"] {
  const { context } = operator;
  return {
    get: (tenant) => readTenant(operator, tenant, (tx, connection) => rulesView(tx, connection, context)),
    replace: async (tenant, input) => {
      const { simulate, ...wanted } = checked(NEW_ROLE_RULES, input);
      const view = await changeOrSimulate(operator, tenant, { simulate }, async (unit, connection) => {
        await replaceRules(unit, connection, wanted);
        const after = await effectiveConnection(unit.tx, tenant);
        return rulesView(unit.tx, after, context);
      });
      context.feed.wake(tenant);
      return view;
    },
  };
}

async function rulesView(
  tx: Transaction,
  { settings, inherited, root }: EffectiveConnection,
  terms: RuleTerms,
): Promise<RoleRulesView> {
  const { warnings } = checkRules(settings, terms);
  const reviewing = await isReviewDue(tx, root.tenant.id);
  return { ...settings.roleMapping, owner: root.tenant.id, readOnly: inherited, reviewing, warnings };
}

/** The same rules again change nothing. */
export async function replaceRules(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  wanted: NewRoleRules,
): Promise<void> {
  refuseInherited(connection, ["rules"]);
  const before = connection.settings.roleMapping;
  const after = await acceptedRules(unit, connection, wanted);
  const changes = differences(before, after, ["strategy", "rules", "roleAttribute", "contentRoleAttribute"]);
  if (changes.length === 0) return;
  const record = await storedConnection(unit.tx, connection.id);
  const settings = { ...connection.settings, roleMapping: after };
  ensureWritten(await unit.tx.connections.update({ ...record, settings, version: record.version + 1 }));
  await requestReview(unit.tx, connection.tenant.id);
  await unit.audit({
    tenantId: connection.tenant.id,
    action: "role_rules.replaced",
    subject: { type: "connection", id: connection.id },
    ...auditSides([...changes, { path: "version", from: before.version, to: after.version }]),
  });
}

/**
 * Rules as they would be saved.
 *
 * @throws {ProvisioningError} `conflict` when others were saved since; `invalid_request`, whose `facts.problems` lists
 *   everything that is wrong
 */
async function acceptedRules(
  unit: Pick<UnitOfWork, "tx" | "context">,
  connection: EffectiveConnection,
  wanted: NewRoleRules,
): Promise<RoleMapping> {
  const current = connection.settings.roleMapping;
  requireVersion(current.version, wanted.version);
  const roleMapping = mappingOf(unit, current, wanted);
  const { problems } = checkRules({ ...connection.settings, roleMapping }, unit.context);
  const all = [...problems, ...(await missingGroups(unit.tx, connection, roleMapping.rules))];
  if (all.length === 0) return roleMapping;
  throw new ProvisioningError("invalid_request", all.map(sentence).join(" "), { facts: { problems: all } });
}

function requireVersion(current: number, expected: number = current): void {
  if (expected === current) return;
  throw new ProvisioningError("conflict", `The rules are those of version ${current} by now, not ${expected}.`, {
    hint: "Read them again and repeat the change.",
    facts: { version: current },
  });
}

function mappingOf(
  { context }: Pick<UnitOfWork, "context">,
  { version }: RoleMapping,
  wanted: NewRoleRules,
): RoleMapping {
  const { strategy = "priority", rules, roleAttribute = null, contentRoleAttribute = null } = wanted;
  const complete = rules.map(({ id, name, priority, when, then }, index): RoleRule => {
    return { id: id ?? context.newId(), name: name ?? null, priority: priority ?? index + 1, when, then };
  });
  return { version: version + 1, strategy, rules: complete, roleAttribute, contentRoleAttribute };
}

async function missingGroups(
  tx: Transaction,
  connection: EffectiveConnection,
  rules: readonly RoleRule[],
): Promise<readonly RuleRemark[]> {
  const missing: RuleRemark[] = [];
  for (const [index, { then }] of rules.entries()) {
    for (const id of then.groups ?? []) {
      if ((await resolveGroup(tx, connection, id)) !== null) continue;
      missing.push({ path: `rules.${index}.then.groups`, message: `There is no group "${id}" in this tenant.` });
    }
  }
  return missing;
}

function sentence({ path, message, position }: RuleRemark): string {
  return position === undefined ? `${path}: ${message}` : `${path}, at character ${position + 1}: ${message}`;
}
