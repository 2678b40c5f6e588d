/**
 * What holds of requests, whoever sends them: refusals, repetitions, questions, tokens, audit.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import { ensure, ensureSame, type Invariant, type Observation, pairs } from "./observation.ts";
import type { TenantState } from "./state.ts";
import { ROOT } from "./world.ts";

/** Nothing is answered with an error of ours unless the store broke off. */
export const nothingFailsByItself: Invariant = ({ did, broken }) => {
  if (!broken) ensure(did.outcome.status < 500, "An error of ours:", did.outcome);
};

/** Everything of a tenant that a refused or repeated request must leave as it is. */
function substance(tenant: TenantState, isRoot: boolean): object {
  const { users, groups, members, accounts, localGroups, connection } = tenant;
  const shared = { users, groups, members, accounts, localGroups, connection, tenant: tenant.tenant };
  // What follows in the background at a child may happen at any time.
  if (!isRoot) return shared;
  const { seats, overlays, localMembers, audit } = tenant;
  return { ...shared, seats, overlays, localMembers, audit };
}

function ensureUntouched(observation: Observation, complaint: string): void {
  for (const { before, after, parent } of pairs(observation)) {
    const isRoot = parent === undefined;
    ensureSame(substance(after, isRoot), substance(before, isRoot), complaint);
  }
}

/** I34: a request that is repeated changes nothing more, and is audited once. */
export const repetitionsChangeNothing: Invariant = (observation) => {
  const { did, broken } = observation;
  if (did.repeats !== true || broken) return;
  ensureUntouched(observation, `I34: repeated (${did.outcome.status}), a request had another effect.`);
};

/** R98: what is only asked leaves no trace. */
export const questionsLeaveNoTrace: Invariant = (observation) => {
  if (observation.did.asks === true) ensureUntouched(observation, "R98: an explanation had an effect.");
};

/** I35: what was refused has changed nothing; what broke off before its commit has not, either. */
export const refusalsChangeNothing: Invariant = (observation) => {
  const { did, broken, step } = observation;
  if (did.outcome.status < 400 || broken || did.visitor !== undefined || step.title.includes("retry")) return;
  ensureUntouched(observation, `I35: refused (${did.outcome.status} ${did.outcome.code}), a request had an effect.`);
};

/** I38: whoever lacks the right, or the tenant, is refused and leaves no trace. */
export const rightsAreAsked: Invariant = (observation) => {
  const { did, broken } = observation;
  if (did.oversteps !== true || broken) return;
  ensure(["forbidden", "not_found"].includes(did.outcome.code ?? ""), "I38: not refused.", did.outcome);
  ensureUntouched(observation, "I38: somebody without the right had an effect.");
};

/** I36: a token opens its own connection and no other, and that only while SCIM is on. */
export const tokensOpenTheirOwn: Invariant = ({ did, step, before, broken }) => {
  if (step.author !== "directory" || broken || did.outcome.status === 0) return;
  const opens = before.get(ROOT)?.connection.settings?.scimEnabled === true && did.intrudes !== true;
  ensureSame(did.outcome.status === 401, !opens, "I36: whether the token was refused.");
};

/** I37: nobody's SCIM is on without consent. */
export const consentIsOnRecord: Invariant = ({ after }) => {
  for (const { connection, tenant } of after.values()) {
    const { scimEnabled = false, consent = null } = connection.settings ?? {};
    ensure(!scimEnabled || consent !== null, "I37: no consent of", tenant.id);
  }
};

/** I39: each change of state has an audit entry, and without one there is none. */
export const changesAreAudited: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    const state = ({ users, groups, members, accounts, localGroups, connection, tenant }: TenantState) => ({
      users,
      groups,
      members,
      accounts,
      localGroups,
      connection,
      tenant,
    });
    const isSame = isDeepStrictEqual(state(after), state(before));
    const grew = after.audit.length > before.audit.length;
    ensure(isSame || grew, "I39: a change of state has no audit entry in", after.tenant.id);
    ensureSame(after.audit.slice(after.audit.length - before.audit.length), before.audit, "I39: audit was rewritten.");
  }
};
