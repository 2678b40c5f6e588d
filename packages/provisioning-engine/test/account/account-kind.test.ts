import { extension, flag, text, userResourceType, viewResource } from "@muster/scim-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideKind, teamAccountClassifier } from "../../src/account/account-kind.ts";

const FIRST = "urn:example:first:2.0:User";
const SECOND = "urn:example:second:2.0:User";

describe("teamAccountClassifier", () => {
  const type = userResourceType([extension(FIRST, { badge: text() }), extension(SECOND, { isTeamAccount: flag() })]);
  const classify = teamAccountClassifier(type);

  it("R10, R11, R12: reads isTeamAccount of whichever extension has it", () => {
    expect(classify(viewResource({ [SECOND]: { isTeamAccount: true } }))).toBe("user");
    expect(classify(viewResource({ [SECOND]: { isTeamAccount: false } }))).toBe("reader");
  });

  it("R13: says nothing when the resource does not", () => {
    expect(classify(viewResource({}))).toBeUndefined();
    expect(classify(viewResource({ [SECOND]: {} }))).toBeUndefined();
    expect(classify(viewResource({ [FIRST]: { badge: "x" } }))).toBeUndefined();
  });

  it("looks neither at an attribute of another type, nor at the core", () => {
    const texts = teamAccountClassifier(userResourceType([extension(FIRST, { isTeamAccount: text() })]));
    expect(texts(viewResource({ [FIRST]: { isTeamAccount: "true" } }))).toBeUndefined();
    expect(classify(viewResource({ isTeamAccount: true }))).toBeUndefined();
  });
});

const SILENCE = { said: undefined, ruled: undefined };

describe("decideKind", () => {
  const kind = fc.constantFrom("user", "reader") as fc.Arbitrary<"user" | "reader">;
  const maybe = fc.option(kind, { nil: undefined });
  const policy = fc.constantFrom("keep", "reader") as fc.Arbitrary<"keep" | "reader">;
  const run = (property: fc.IPropertyWithHooks<never>) => fc.assert(property, { seed: 7 });

  it("R20: what the directory says decides, whatever was before", () => {
    run(
      fc.property(maybe, kind, maybe, maybe, policy, (current, said, saidBefore, ruled, onNullKind) => {
        expect(decideKind({ current, said, saidBefore, ruled }, { onNullKind })).toBe(said);
      }) as never,
    );
  });

  it("R15: where the directory says nothing, the first matching rule decides, whatever was before", () => {
    run(
      fc.property(maybe, maybe, kind, policy, (current, saidBefore, ruled, onNullKind) => {
        expect(decideKind({ current, said: undefined, saidBefore, ruled }, { onNullKind })).toBe(ruled);
      }) as never,
    );
  });

  it("R13: silence makes a new person a reader", () => {
    run(
      fc.property(maybe, policy, (saidBefore, onNullKind) => {
        expect(decideKind({ ...SILENCE, current: undefined, saidBefore }, { onNullKind })).toBe("reader");
      }) as never,
    );
  });

  it("I12: silence never changes somebody who is known, unless the connection opted out", () => {
    run(
      fc.property(kind, maybe, (current, saidBefore) => {
        expect(decideKind({ ...SILENCE, current, saidBefore }, { onNullKind: "keep" })).toBe(current);
      }) as never,
    );
  });

  it("R21: under the opt-out, silence after a word means reader, and silence after silence means nothing", () => {
    const user = { ...SILENCE, current: "user" } as const;
    expect(decideKind({ ...user, saidBefore: "user" }, { onNullKind: "reader" })).toBe("reader");
    expect(decideKind({ ...user, saidBefore: undefined }, { onNullKind: "reader" })).toBe("user");
  });
});
