/**
 * The typed management API, in somebody's name.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import type { Actor } from "../ports/index.ts";
import { accountOperations } from "./accounts.ts";
import type { Admin } from "./admin.ts";
import { clientOperations } from "./clients.ts";
import { connectionOperations } from "./connections.ts";
import { eventOperations } from "./events.ts";
import { explainOperation } from "./explain.ts";
import { syncFailureOperations } from "./failures.ts";
import { groupOperations } from "./groups.ts";
import { idpPresetOperations } from "./idp-setup.ts";
import { auditOperations, signInOperations, syncEventOperations } from "./logs.ts";
import type { Operator } from "./operator.ts";
import { resourceOperations } from "./resources.ts";
import { roleRuleOperations } from "./role-rules.ts";
import { tenantOperations } from "./tenants.ts";
import { tokenOperations } from "./tokens.ts";
import { webhookOperations } from "./webhooks.ts";

/**
 * @param actor who is named in the audit log
 * @param requestId under which a request is found there, if there is one
 */
export function createAdmin(context: EngineContext, actor: Actor, requestId: string | null = null): Admin {
  const operator: Operator = { context, actor, requestId };
  return {
    as: (other) => createAdmin(context, other, requestId),
    tenants: tenantOperations(operator),
    accounts: accountOperations(operator),
    groups: groupOperations(operator),
    resources: resourceOperations(operator),
    connections: connectionOperations(operator),
    idpPresets: idpPresetOperations,
    signIns: signInOperations(operator),
    explain: explainOperation(operator),
    roleRules: roleRuleOperations(operator),
    tokens: tokenOperations(operator),
    clients: clientOperations(operator),
    events: eventOperations(operator),
    webhooks: webhookOperations(operator),
    syncEvents: syncEventOperations(operator),
    syncFailures: syncFailureOperations(operator),
    audit: auditOperations(operator),
  };
}
