/**
 * Rules, and what they mean for a person, as the management API answers them.
 *
 * @module
 */
import type { PersonExplanation, RoleRulesView, Simulated } from "../../admin/explain-views.ts";
import { CONDITION, GRANT } from "../../admin/shapes.ts";
import type { RuleRemark } from "../../role-rule/rule-remark.ts";
import { z } from "../../validation/zod.ts";
import { ACCOUNT } from "./account-answers.ts";
import { KIND, NULLABLE_TEXT } from "./answer-parts.ts";
import { EXPECTED_FAILURE, KIND_SOURCE, SIMULATED, TRACE } from "./simulation-answers.ts";

const REMARK: z.ZodType<RuleRemark> = z.object({
  path: z.string(),
  message: z.string(),
  position: z.int().exactOptional().describe("Where in the expression, from 0."),
});

export const ROLE_RULES: z.ZodType<Simulated<RoleRulesView>> = z.object({
  version: z.int(),
  strategy: z.enum(["priority", "highest"]),
  rules: z.array(z.object({ id: z.string(), name: NULLABLE_TEXT, priority: z.int(), when: CONDITION, then: GRANT })),
  roleAttribute: NULLABLE_TEXT,
  contentRoleAttribute: NULLABLE_TEXT,
  owner: z.string().describe("The tenant whose rules these are."),
  readOnly: z.boolean(),
  reviewing: z.boolean().describe("Whether people have yet to be looked at again."),
  warnings: z.array(REMARK),
  ...SIMULATED,
});

const MATCH_KEY = z.enum(["externalId", "userName", "retained", "email"]);

export const EXPLANATION: z.ZodType<PersonExplanation> = z.object({
  outcome: z.enum(["created", "changed", "unchanged", "refused"]),
  before: ACCOUNT.nullable(),
  after: ACCOUNT.nullable(),
  kindSource: KIND_SOURCE,
  seat: z
    .object({ kind: KIND, state: z.enum(["held", "waiting", "none"]), used: z.int(), limit: z.int().nullable() })
    .nullable(),
  failures: z.array(EXPECTED_FAILURE),
  link: z.object({
    by: MATCH_KEY.nullable(),
    account: NULLABLE_TEXT,
    considered: z.array(z.object({ by: MATCH_KEY, matched: z.boolean() })),
  }),
  unknownAttributes: z.array(z.string()),
  trace: TRACE,
});
