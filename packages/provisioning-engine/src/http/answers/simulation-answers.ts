/**
 * Answers about what would be: of writes that were only tried, and of explanations.
 *
 * @module
 */
import type {
  ExpectedFailure,
  Impact,
  PersonExplanation,
  PersonImpact,
  PersonName,
  Place,
  SeatCount,
  Simulation,
  Tried,
} from "../../admin/explain-views.ts";
import { z } from "../../validation/zod.ts";
import { CAUSE, KIND, NULLABLE_TEXT, STATUS } from "./answer-parts.ts";

export const EXPECTED_FAILURE: z.ZodType<ExpectedFailure> = z.object({
  cause: CAUSE,
  subject: z.string(),
  message: z.string(),
});

export const KIND_SOURCE: z.ZodType<PersonExplanation["kindSource"]> = z.enum(["directory", "rule", "kept", "default"]);

type Trace = PersonExplanation["trace"];

const BRANCH = z.record(z.string(), z.unknown()) as unknown as z.ZodType<
  NonNullable<Trace["rules"][number]["branches"]>
>;

const RULE_TRACE: z.ZodType<Trace["rules"][number]> = z.object({
  rule: z.string(),
  name: NULLABLE_TEXT,
  matched: z.boolean(),
  seen: z.array(z.unknown()).describe("Values of the attribute, names of the groups, or the value of the expression."),
  decides: z.array(z.enum(["kind", "role", "contentRole", "groups"])),
  problem: NULLABLE_TEXT,
  branches: BRANCH.exactOptional().describe("source, taken, outcome and children of every part of an expression."),
});

export const TRACE: z.ZodType<Trace> = z.object({
  rules: z.array(RULE_TRACE),
  directory: z.array(
    z.object({
      slot: z.enum(["role", "contentRole"]),
      attribute: z.string(),
      seen: z.array(z.unknown()),
      decides: z.boolean(),
    }),
  ),
});

const PLACE: z.ZodType<Place> = z.object({
  kind: KIND,
  role: NULLABLE_TEXT,
  contentRole: NULLABLE_TEXT,
  status: STATUS,
  suspended: z.boolean(),
  managed: z.boolean().describe("Whether a connection manages the account."),
  locked: z.boolean().describe("Whether the identity provider alone may change it."),
  groups: z.array(z.string()),
});

const PERSON_FIELDS = { id: z.string(), userName: z.string(), name: z.string() };
const PERSON: z.ZodType<PersonName> = z.object(PERSON_FIELDS);

const PERSON_IMPACT: z.ZodType<PersonImpact> = z.object({
  outcome: z.enum(["created", "changed", "removed", "refused"]).describe("refused: stays as before."),
  account: PERSON,
  before: PLACE.nullable(),
  after: PLACE.nullable(),
  failures: z.array(EXPECTED_FAILURE),
  kindSource: KIND_SOURCE,
  trace: TRACE.describe("The rules that decide something, without the parts of expressions."),
});

const SEAT_COUNT: z.ZodType<SeatCount> = z.object({
  used: z.int(),
  waiting: z.int(),
  limit: z.int().nullable(),
});
const SEAT_CHANGE = z.object({ before: SEAT_COUNT, after: SEAT_COUNT });

export const IMPACT: z.ZodType<Impact> = z.object({
  examined: z.int().describe("People, before and after."),
  changed: z.int(),
  changes: z.object({
    kind: z.int(),
    role: z.int(),
    contentRole: z.int(),
    status: z.int(),
    suspended: z.int(),
    managed: z.int(),
    locked: z.int(),
    groups: z.int(),
  }),
  refused: z.int().describe("People who would stay as they are although something else is wanted of them."),
  people: z.array(PERSON_IMPACT).describe("The first 100 who would change or be refused, in order of id."),
  seats: z.object({ user: SEAT_CHANGE, reader: SEAT_CHANGE }),
  admitted: z.object({ total: z.int(), first: z.array(PERSON) }).describe("Who waits now and would get a seat."),
  waiting: z
    .object({ total: z.int(), first: z.array(z.object({ ...PERSON_FIELDS, kind: KIND })) })
    .describe("Who would wait for a seat, in the order of the queue."),
  failures: z.partialRecord(CAUSE, z.int()).describe("People with an entry in the list of sync failures, by cause."),
  nextCursor: z.string().exactOptional().describe("explain goes on with it, for those who were not looked at yet."),
});

const SIMULATION: z.ZodType<Simulation> = z
  .object({
    total: z.int().describe("Events; the first 100 are shown."),
    events: z.array(
      z.object({
        type: z.string() as unknown as z.ZodType<Simulation["events"][number]["type"]>,
        tenant: z.string(),
        account: NULLABLE_TEXT,
        group: NULLABLE_TEXT,
        changes: z.array(z.object({ path: z.string(), from: z.unknown(), to: z.unknown() })),
      }),
    ),
    failures: z.array(EXPECTED_FAILURE),
    impact: IMPACT,
  })
  .describe("Only of a write that was tried: what would happen.");

interface SimulatedFields {
  readonly simulation: z.ZodExactOptional<z.ZodType<Simulation>>;
}

/** What a write answers beside its own. */
export const SIMULATED: SimulatedFields = { simulation: SIMULATION.exactOptional() };

export const TRIED: z.ZodType<Tried> = z.object({ ...SIMULATED });
