import { describe, expect, it } from "vitest";
import { BASELINE_VECTORS } from "./baseline-vectors.ts";
import { PROFILE_VECTORS } from "./profile-vectors.ts";
import { ALICE } from "./response-builder.ts";
import { connection, type Outcome, outcomeOf, type Policy, SATISFIED, settings } from "./run-vector.ts";
import { ALGORITHM_VECTORS, SIGNED_INFO_VECTORS, TRUST_VECTORS } from "./signature-vectors.ts";
import { TEXT_VECTORS } from "./text-vectors.ts";
import { type Expectation, openWorkshop, type Variation, type Vector, variationsOf } from "./vector.ts";
import { DIGEST_SCOPE_VECTORS, WRAPPING_VECTORS } from "./wrapping-vectors.ts";
import { XML_VECTORS } from "./xml-vectors.ts";

const VECTORS: Readonly<Record<string, readonly Vector[]>> = {
  "V: honest responses": BASELINE_VECTORS,
  "X: wrapping": WRAPPING_VECTORS,
  "D: what the digest covers": DIGEST_SCOPE_VECTORS,
  "S: the shape of a signature": SIGNED_INFO_VECTORS,
  "K, N: whose signature": TRUST_VECTORS,
  "A: algorithms and references": ALGORITHM_VECTORS,
  "T: text": TEXT_VECTORS,
  "E: XML": XML_VECTORS,
  "P: what the identity provider says": PROFILE_VECTORS,
};

describe.each(Object.entries(VECTORS))("%s", (_, vectors) => {
  it.each(vectors.map((vector) => [`${vector.id}: ${vector.title}`, vector] as const))("%s", async (_, vector) => {
    for (const variation of variationsOf(vector)) {
      const crafted = vector.craft(openWorkshop(variation));
      for (const policy of ["assertion", "response", "both", "either"] as const) {
        const identityProvider = settings({ signaturePolicy: policy, ...vector.settings });
        const world = connection(variation.flow, { identityProvider, ...vector.options });
        const outcome = await outcomeOf(crafted, world);
        expectOutcome(outcome, vector.expect, variation, policy);
        if ("error" in outcome && BEFORE_STORES.has(outcome.error.stage)) expect(world.storeCalls()).toBe(0);
      }
    }
  });
});

/** Invariant (e): the stages in which nothing is known to be genuine. */
const BEFORE_STORES: ReadonlySet<string> = new Set(["configuration", "encoding", "xml", "structure", "signature"]);

function expectOutcome(outcome: Outcome, expectation: Expectation, variation: Variation, policy: Policy): void {
  const where = JSON.stringify({ ...variation, policy });
  if (!SATISFIED[variation.base].includes(policy)) {
    expect("error" in outcome, where).toBe(true);
    return;
  }
  if ("reject" in expectation) {
    const codes = [expectation.reject].flat();
    expect(codes, where).toContain("error" in outcome ? outcome.error.code : "accepted");
    return;
  }
  if ("error" in outcome) throw new Error(`${where} was refused: ${outcome.error.code}`, { cause: outcome.error });
  expect(outcome.claims.nameId.value, where).toBe(expectation.nameId ?? ALICE);
  const attributes = { email: [ALICE], name: ["Alice & Co"], ...expectation.attributes };
  expect(Object.fromEntries(outcome.claims.attributes), where).toEqual(attributes);
}
