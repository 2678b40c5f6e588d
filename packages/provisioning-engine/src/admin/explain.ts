/**
 * `admin.explain`: a dry run of rules, for one person or for everybody. Nothing is written.
 *
 * @module
 */
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import type { TenantId, Transaction } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { checked } from "../validation/checked.ts";
import type { Admin, ExplainQuestion, TriedRules } from "./admin.ts";
import { addUp, surveyPage } from "./explain-everybody.ts";
import { explainAccount, explainResource, type Vantage } from "./explain-person.ts";
import type { PersonExplanation, RuleImpact } from "./explain-views.ts";
import { type Operator, readTenant, tryTenant } from "./operator.ts";
import { acceptedRules } from "./role-rules.ts";
import { EXPLAIN_QUESTION } from "./shapes.ts";

export function explainOperation(operator: Operator): Admin["explain"] {
  const explain = async (tenant: TenantId, input: ExplainQuestion): Promise<PersonExplanation | RuleImpact> => {
    const question = checked(EXPLAIN_QUESTION, input);
    return "all" in question ? explainEverybody(operator, tenant, question) : explainOne(operator, tenant, question);
  };
  // What is asked decides what is answered.
  return explain as Admin["explain"];
}

type AboutOne = Exclude<ExplainQuestion, { readonly all: true }>;
type AboutAll = Extract<ExplainQuestion, { readonly all: true }>;

function explainOne(operator: Operator, tenant: TenantId, question: AboutOne): Promise<PersonExplanation> {
  return tryTenant(operator, tenant, async (trial, connection) => {
    const here = await tryRules(trial.unit, connection, question);
    const vantage: Vantage = { here, root: await rootOf(trial.unit.tx, here) };
    if ("accountId" in question) return explainAccount(trial, vantage, question.accountId);
    if (here.inherited) throw pushedElsewhere(here);
    return explainResource(trial, vantage, question.resource);
  });
}

/** With the rules that are tried, and as if people were pushed now. */
async function tryRules(
  unit: Pick<UnitOfWork, "tx" | "context">,
  connection: EffectiveConnection,
  { rules, strategy, roleAttribute, contentRoleAttribute }: TriedRules,
): Promise<EffectiveConnection> {
  const settings = { ...connection.settings, state: "active" as const, scimEnabled: true };
  if (rules === undefined) return { ...connection, settings };
  const tried = { rules, strategy, roleAttribute, contentRoleAttribute };
  return { ...connection, settings: { ...settings, roleMapping: await acceptedRules(unit, connection, tried) } };
}

/** The connection that people are pushed to, under the same settings. */
async function rootOf(tx: Transaction, here: EffectiveConnection): Promise<EffectiveConnection> {
  if (!here.inherited) return here;
  return { ...(await effectiveConnection(tx, here.root.tenant.id)), settings: here.settings };
}

function pushedElsewhere({ root }: EffectiveConnection): ProvisioningError {
  return new ProvisioningError("inherited_read_only", `People are pushed to the tenant "${root.tenant.id}".`, {
    hint: `Ask there what would become of a resource, or ask here about an account by its id.`,
    facts: { tenant: root.tenant.id },
  });
}

const PEOPLE_PER_CALL = 1000;
const PEOPLE_PER_TRANSACTION = 200;

async function explainEverybody(operator: Operator, tenant: TenantId, question: AboutAll): Promise<RuleImpact> {
  const { context } = operator;
  const wanted = question.limit ?? PEOPLE_PER_CALL;
  const page = (after: string | undefined, limit: number) =>
    readTenant(operator, tenant, async (tx, connection) => {
      const unit = { tx, context, now: context.clock().toISOString() };
      return surveyPage(unit, await tryRules(unit, connection, question), after, limit);
    });
  let impact = await page(question.cursor, Math.min(wanted, PEOPLE_PER_TRANSACTION));
  while (impact.nextCursor !== undefined && impact.examined < wanted) {
    const limit = Math.min(wanted - impact.examined, PEOPLE_PER_TRANSACTION);
    impact = addUp(impact, await page(impact.nextCursor, limit));
  }
  return impact;
}
