import { type Attributes, extension, flag, userResourceType } from "@muster/scim-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newConnectionSettings } from "../../src/connection/new-settings.ts";
import type { RoleMapping, RoleRule, RuleCondition, RuleGrant } from "../../src/ports/index.ts";
import { evaluateRules } from "../../src/role-rule/evaluate-rules.ts";
import { createQuestions } from "../../src/role-rule/rule-condition.ts";

const URN = "urn:example:staff:2.0:User";
const userType = userResourceType([extension(URN, { writes: flag() })]);
const roleOrder = { portal: ["Owner", "Admin", "Contributor"], content: ["Editor"] };
const questions = createQuestions(userType);

const rule = (id: string, when: RuleCondition, then: RuleGrant, priority = 1): RoleRule => {
  return { id, name: null, priority, when, then };
};
const present = (path: string): RuleCondition => ({ attribute: { path, present: true } });

function evaluate(
  attributes: Attributes,
  mapping: Partial<RoleMapping>,
  more: { groups?: readonly string[]; allowOwnerRole?: boolean; explains?: boolean } = {},
) {
  const { groups = [], allowOwnerRole = false, explains = false } = more;
  const facts = {
    resource: { id: "1", attributes, created: "2026-01-01T00:00:00Z", lastModified: "2026-01-01T00:00:00Z" },
    groups: groups.map((displayName) => ({ id: `id of ${displayName}`, externalId: `x-${displayName}`, displayName })),
    now: new Date("2026-03-01T12:00:00Z"),
  };
  const roleMapping = { ...newConnectionSettings().roleMapping, ...mapping };
  return evaluateRules({ roleMapping, allowOwnerRole }, facts, { userType, roleOrder, questions, explains });
}

const PERSON: Attributes = {
  userName: "mira",
  title: "Senior Writer",
  active: true,
  name: { familyName: "Novak" },
  emails: [{ value: "mira@acme.test" }, { value: "mira@home.test", type: "home" }],
  [URN]: { writes: true },
};

describe("a condition", () => {
  const matches = (when: RuleCondition, groups: readonly string[] = []) =>
    evaluate(PERSON, { rules: [rule("1", when, { kind: "user" })] }, { groups }).kind === "user";

  it.each<[boolean, RuleCondition]>([
    [true, { attribute: { path: "title", equals: "senior writer" } }],
    [false, { attribute: { path: "title", equals: "writer" } }],
    [true, { attribute: { path: "title", notEquals: "writer" } }],
    [true, { attribute: { path: "nickName", notEquals: "writer" } }],
    [true, { attribute: { path: "TITLE", in: ["Driver", "Senior Writer"] } }],
    [true, { attribute: { path: "title", contains: "writ" } }],
    [true, { attribute: { path: "title", startsWith: "senior" } }],
    [true, { attribute: { path: "emails.value", endsWith: "@home.test" } }],
    [true, { attribute: { path: "emails", contains: "@acme" } }],
    [true, { attribute: { path: "name.familyName", present: true } }],
    [true, { attribute: { path: "name.givenName", present: false } }],
    [true, { attribute: { path: "active", equals: true } }],
    [true, { attribute: { path: "active", equals: "True" } }],
    [true, { attribute: { path: "writes", equals: true } }],
    [true, { attribute: { path: `${URN}:writes`, equals: true } }],
    [true, { expression: 'IIF(Count([emails.value]) > 1, "True", "False")' }],
    [true, { expression: "[writes]" }],
    [true, { expression: `[${URN}:writes]` }],
    [false, { expression: "[title]" }],
    [false, { expression: "[nickName]" }],
    [false, { expression: "CDate([title])" }],
    [false, { group: { displayName: "Writers" } }],
  ])("R15: %s for %j", (expected, when) => {
    expect(matches(when)).toBe(expected);
  });

  it("R35: knows groups by name without case, by external id and by id", () => {
    for (const group of [{ displayName: "wRITERS" }, { externalId: "x-Writers" }, { id: "id of Writers" }]) {
      expect(matches({ group }, ["Writers"])).toBe(true);
    }
    expect(matches({ group: { externalId: "x-writers" } }, ["Writers"])).toBe(false);
  });

  it.each<[RuleCondition, string]>([
    [{ attribute: { path: "badge", present: true } }, "no attribute"],
    [{ attribute: { path: "__proto__", present: true } }, "no attribute"],
    [{ attribute: { path: 'title pr or title eq "x', present: true } }, "no attribute"],
    [{ expression: "[badge]" }, "no attribute"],
    [{ expression: "[__proto__]" }, "no attribute"],
    [{ expression: "Nope(" }, ""],
    [{ expression: "CDate([title])" }, ""],
  ])("I41: %j never matches when it cannot be answered, and says why", (when, why) => {
    const { trace, kind } = evaluate(PERSON, { rules: [rule("1", when, { kind: "user" })] });
    expect(kind).toBeUndefined();
    expect(trace.rules[0]).toMatchObject({ matched: false, problem: expect.stringContaining(why) });
  });

  it("I41: hostile expressions and values cost bounded time", () => {
    const bomb = `Append(${"Append([title], ".repeat(20)}[title]${", [title])".repeat(20)}, "x")`;
    const pattern = 'Replace([title], , "^(a+)+$", , "x", , )';
    const started = process.cpuUsage();
    const title = "a".repeat(10_000);
    for (const expression of [bomb, pattern]) {
      evaluate({ userName: "m", title }, { rules: [rule("1", { expression }, { kind: "user" })] });
    }
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});

describe("what rules decide", () => {
  const roles = fc.constantFrom("Owner", "Admin", "Contributor", "Other", undefined);
  const grant = fc.record({ kind: fc.constantFrom("user" as const, "reader" as const, undefined), role: roles });
  const when = fc.constantFrom(present("title"), present("nickName"), { expression: "IsPresent([title])" });
  const rules = fc.array(fc.tuple(when, grant, fc.integer({ min: 0, max: 3 })), { maxLength: 8 });
  const build = (drawn: readonly (readonly [RuleCondition, RuleGrant, number])[]) =>
    drawn.map(([asks, gives, priority], index) => rule(String(index), asks, gives, priority));

  it("I41: is the same whenever it is asked, explained or not, and changes nothing it is given", () => {
    fc.assert(
      fc.property(rules, fc.boolean(), (drawn, allowOwnerRole) => {
        const mapping = { rules: build(drawn) };
        const frozen = JSON.stringify([mapping, PERSON]);
        const { trace: _, ...first } = evaluate(PERSON, mapping, { allowOwnerRole });
        const { trace, ...again } = evaluate(PERSON, mapping, { allowOwnerRole, explains: true });
        expect(again).toEqual(first);
        expect(JSON.stringify([mapping, PERSON])).toBe(frozen);
        expect(trace.rules).toHaveLength(drawn.length);
      }),
      { seed: 11 },
    );
  });

  it("I1: is never the owner's role unless that is allowed", () => {
    fc.assert(
      fc.property(rules, fc.constantFrom("priority", "highest"), (drawn, strategy) => {
        const { role } = evaluate(PERSON, { rules: build(drawn), strategy });
        expect(role?.value).not.toBe("Owner");
      }),
      { seed: 12 },
    );
  });

  it("R26: under `priority` is what the first giver gives, and under `highest` nothing lower than any", () => {
    const order = [...roleOrder.portal, "Other"];
    fc.assert(
      fc.property(rules, (drawn) => {
        const matching = build(drawn).filter((one) => JSON.stringify(one.when).includes("title"));
        const given = matching.toSorted((a, b) => a.priority - b.priority).flatMap(({ then }) => then.role ?? []);
        const first = evaluate(PERSON, { rules: build(drawn) }, { allowOwnerRole: true });
        expect(first.role?.value).toBe(given[0]);
        const highest = evaluate(PERSON, { rules: build(drawn), strategy: "highest" }, { allowOwnerRole: true });
        expect(highest.role?.value).toBe(order.find((role) => given.includes(role)));
      }),
      { seed: 13 },
    );
  });

  it("R26: the directory's own word comes before every rule, the highest of several", () => {
    const person = {
      ...PERSON,
      roles: [{ value: "Contributor" }, { value: "Admin" }, { value: "\u0000" }, { value: "OWNER" }],
    };
    const mapping = { rules: [rule("1", present("title"), { role: "Other" })], roleAttribute: "roles.value" };
    const said = evaluate(person, mapping);
    expect(said.role).toEqual({ value: "Admin", source: "idp" });
    expect(said.trace.rules[0]?.decides).toEqual([]);
    expect(evaluate(person, mapping, { allowOwnerRole: true }).role).toEqual({ value: "Owner", source: "idp" });
    expect(evaluate(PERSON, mapping).role).toEqual({ value: "Other", source: "rule" });
  });
});
