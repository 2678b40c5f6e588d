/**
 * `admin.explain`: a dry run, for one person or for everybody, under the settings, rules and limits of now or under
 * others. Nothing is written.
 *
 * @module
 */
import { effectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import { foretell } from "../impact/foretell.ts";
import type { TenantId } from "../ports/index.ts";
import { requestReview } from "../role-rule/review.ts";
import { checked } from "../validation/checked.ts";
import type { Admin, ExplainQuestion } from "./admin.ts";
import { explainAccount, explainResource } from "./explain-person.ts";
import type { Impact, PersonExplanation } from "./explain-views.ts";
import { type Operator, tryTenant } from "./operator.ts";
import { readCursor } from "./page.ts";
import { EXPLAIN_QUESTION } from "./shapes.ts";
import { openInTrial, tryChanges } from "./tried-changes.ts";

export function explainOperation(operator: Operator): Admin["explain"] {
  const explain = async (tenant: TenantId, input: ExplainQuestion): Promise<PersonExplanation | Impact> => {
    const question = checked(EXPLAIN_QUESTION, input);
    return "all" in question ? explainEverybody(operator, tenant, question) : explainOne(operator, tenant, question);
  };
  // What is asked decides what is answered.
  return explain as Admin["explain"];
}

type AboutOne = Exclude<ExplainQuestion, { readonly all: true }>;
type AboutAll = Extract<ExplainQuestion, { readonly all: true }>;

function explainOne(operator: Operator, tenant: TenantId, question: AboutOne): Promise<PersonExplanation> {
  return tryTenant(operator, tenant, async (trial, { inherited, root }) => {
    if ("resource" in question && inherited) throw pushedElsewhere(root.tenant.id);
    await openInTrial(trial.unit, tenant, question);
    const change = () => tryChanges(trial.unit, tenant, question);
    return "accountId" in question
      ? explainAccount(trial, tenant, question.accountId, change)
      : explainResource(trial, tenant, question.resource, change);
  });
}

function pushedElsewhere(tenant: TenantId): ProvisioningError {
  return new ProvisioningError("inherited_read_only", `People are pushed to the tenant "${tenant}".`, {
    hint: `Ask there what would become of a resource, or ask here about an account by its id.`,
    facts: { tenant },
  });
}

/** People that are looked at unless more are asked for. */
const PEOPLE = 1000;

/** As if everybody was pushed again under what is tried. */
async function explainEverybody(operator: Operator, tenant: TenantId, question: AboutAll): Promise<Impact> {
  const { cursor, limit = PEOPLE } = question;
  const after = readCursor("explained", cursor);
  return tryTenant(operator, tenant, async (trial, { root }) => {
    const { unit } = trial;
    await openInTrial(unit, tenant, question);
    const { impact } = await foretell(trial, tenant, { after, limit }, async () => {
      await tryChanges(unit, tenant, question);
      const { settings } = await effectiveConnection(unit.tx, root.tenant.id);
      if (settings.archive === null) await requestReview(unit.tx, root.tenant.id, after);
    });
    return impact;
  });
}
