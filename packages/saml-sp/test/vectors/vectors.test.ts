import { describe, expect, it } from "vitest";
import { BASELINE_VECTORS } from "./baseline-vectors.ts";
import { ENCRYPTION_VECTORS } from "./encryption-vectors.ts";
import { oracleContents, verifiedContents } from "./oracle.ts";
import { PROFILE_VECTORS } from "./profile-vectors.ts";
import { ALICE } from "./response-builder.ts";
import { namesOf } from "./rules.ts";
import { connection, fieldOf, type Outcome, outcomeOf, type Policy, SATISFIED, settings } from "./run-vector.ts";
import { ALGORITHM_VECTORS, SIGNED_INFO_VECTORS, TRUST_VECTORS } from "./signature-vectors.ts";
import { TEXT_VECTORS } from "./text-vectors.ts";
import { type Crafted, type Expectation, openWorkshop, type Variation, type Vector, variationsOf } from "./vector.ts";
import { DIGEST_SCOPE_VECTORS, WRAPPING_VECTORS } from "./wrapping-vectors.ts";
import { XML_VECTORS } from "./xml-vectors.ts";

const VECTORS: Readonly<Record<string, readonly Vector[]>> = {
  "V: honest responses": BASELINE_VECTORS,
  "X: wrapping": WRAPPING_VECTORS,
  "D: what the digest covers": DIGEST_SCOPE_VECTORS,
  "S: the shape of a signature": SIGNED_INFO_VECTORS,
  "K, N: whose signature": TRUST_VECTORS,
  "A: algorithms and references": ALGORITHM_VECTORS,
  "C: encryption": ENCRYPTION_VECTORS,
  "T: text": TEXT_VECTORS,
  "E: XML": XML_VECTORS,
  "P: what the identity provider says": PROFILE_VECTORS,
};

describe.each(Object.entries(VECTORS))("%s", (_, vectors) => {
  it.each(vectors.map((vector) => [`${namesOf(vector)}: ${vector.title}`, vector] as const))(
    "%s",
    async (_, vector) => {
      for (const variation of variationsOf(vector)) {
        const crafted = vector.craft(openWorkshop(variation));
        for (const policy of POLICIES) await check(vector, variation, policy, crafted);
        if ("accept" in vector.expect && vector.oracleDiffers === undefined) checkOracle(vector, crafted);
      }
    },
  );
});

const POLICIES: readonly Policy[] = ["assertion", "response", "both", "either"];

/** Invariant (e): the stages in which nothing is known to be genuine ask no store. */
const BEFORE_STORES: ReadonlySet<string> = new Set([
  "configuration",
  "encoding",
  "xml",
  "structure",
  "encryption",
  "signature",
]);

async function check(vector: Vector, variation: Variation, policy: Policy, crafted: Crafted): Promise<void> {
  const identityProvider = settings({ signaturePolicy: policy, ...vector.settings });
  const world = connection(variation.flow, { identityProvider, ...vector.options });
  const outcome = await outcomeOf(crafted, world);
  const where = JSON.stringify({ ...variation, policy });
  if ("error" in outcome && BEFORE_STORES.has(outcome.error.stage)) expect(world.storeCalls(), where).toBe(0);
  if (SATISFIED[variation.base].includes(policy)) expectOutcome(outcome, vector.expect, where);
  else expect("error" in outcome, where).toBe(true);
}

function expectOutcome(outcome: Outcome, expectation: Expectation, where: string): void {
  if ("reject" in expectation) {
    expect([expectation.reject].flat(), where).toContain("error" in outcome ? outcome.error.code : "accepted");
    return;
  }
  if ("error" in outcome) throw new Error(`${where} was refused: ${outcome.error.code}`, { cause: outcome.error });
  expect(outcome.claims.nameId.value, where).toBe(expectation.nameId ?? ALICE);
  const attributes = { email: [ALICE], name: ["Alice & Co"], ...expectation.attributes };
  expect(Object.fromEntries(outcome.claims.attributes), where).toEqual(attributes);
}

function checkOracle(vector: Vector, crafted: Crafted): void {
  const xml = Buffer.from(fieldOf(crafted), "base64")
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  const { certificates, insecureAcceptSha1 = false } = settings(vector.settings);
  expect(oracleContents(xml, certificates)).toEqual(verifiedContents(xml, certificates, insecureAcceptSha1));
}
