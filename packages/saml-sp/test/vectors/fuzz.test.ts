import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSamlError } from "../../src/errors.ts";
import { encryptElement } from "./encrypt.ts";
import { ENCRYPTION_EDITS } from "./encryption-vectors.ts";
import { oracleContents, verifiedContents } from "./oracle.ts";
import { ALICE } from "./response-builder.ts";
import { connection, outcomeOf, settings } from "./run-vector.ts";
import { SIGNED_INFO_VECTORS } from "./signature-vectors.ts";
import { TEXT_VECTORS } from "./text-vectors.ts";
import { openWorkshop, type Variation, type Vector } from "./vector.ts";
import { DIGEST_SCOPE_VECTORS, WRAPPING_VECTORS } from "./wrapping-vectors.ts";
import { XML_VECTORS } from "./xml-vectors.ts";

/** The size of every test run; `pnpm fuzz saml` asks for 100,000. */
const RUNS = Number(process.env.SAML_FUZZ_RUNS ?? 5_000);

/** What an attacker can do: edits of a document that somebody else signed. */
const EDITS: readonly Vector[] = [
  ...WRAPPING_VECTORS,
  // In those of the policy the identity provider signs once more.
  ...DIGEST_SCOPE_VECTORS.filter(({ id }) => id !== "R9"),
  ...SIGNED_INFO_VECTORS,
  ...TEXT_VECTORS,
  ...XML_VECTORS,
];

const variation: fc.Arbitrary<Variation> = fc.record({
  base: fc.constantFrom("AS", "RS", "BS"),
  flow: fc.constantFrom("sp-initiated", "idp-initiated"),
  signer: fc.constantFrom("own", "xml-crypto"),
});

/** One edit on top of the others; an edit that finds nothing to hold on to leaves the document as it is. */
function edit(xml: string, vector: Vector, from: Variation): string {
  try {
    const crafted = vector.craft({ ...openWorkshop(from), signed: () => xml, encrypted: () => xml });
    return typeof crafted === "string" ? crafted : xml;
  } catch (error) {
    if (error instanceof TypeError) return xml;
    throw error;
  }
}

/** Bytes that change for no reason: one character replaced, dropped or doubled. */
function damage(xml: string, at: number, replacement: string): string {
  const index = at % xml.length;
  return xml.slice(0, index) + replacement + xml.slice(index + 1);
}

describe("what is accepted is what was signed", { timeout: 20_000 + 20 * RUNS }, () => {
  it("invariants (a), (b), (c), (e): any one to three edits of an honest response", async () => {
    const edits = fc.array(fc.constantFrom(...EDITS), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(variation, edits, async (from, chosen) => {
        const honest = openWorkshop(from).signed();
        await expectHonestOrRefused(
          chosen.reduce((xml, vector) => edit(xml, vector, from), honest),
          from,
        );
      }),
      { seed: 20_260_301, numRuns: RUNS },
    );
  });

  it("invariants (a), (b), (c), (e): damaged characters", async () => {
    const character = fc.constantFrom("", "<", ">", '"', "&", " ", "A", "=", "\u0085", "<!---->", "<x/>");
    await fc.assert(
      fc.asyncProperty(variation, fc.nat(20_000), character, async (from, at, replacement) => {
        await expectHonestOrRefused(damage(openWorkshop(from).signed(), at, replacement), from);
      }),
      { seed: 20_260_302, numRuns: Math.ceil(RUNS / 2) },
    );
  });

  it("invariants (a), (b), (c), (e): edits and damage of an encrypted response", async () => {
    const edits = fc.array(fc.constantFrom(...EDITS, ...ENCRYPTION_EDITS), { maxLength: 2 });
    const damages = fc.array(fc.tuple(fc.nat(20_000), fc.constantFrom("A", "=", "", "<", "<x/>")), { maxLength: 1 });
    await fc.assert(
      fc.asyncProperty(variation, edits, damages, async (from, chosen, damaged) => {
        const honest = openWorkshop(from).encrypted();
        const edited = chosen.reduce((xml, vector) => edit(xml, vector, from), honest);
        await expectHonestOrRefused(
          damaged.reduce((xml, [at, replacement]) => damage(xml, at, replacement), edited),
          from,
        );
      }),
      { seed: 20_260_303, numRuns: Math.ceil(RUNS / 4) },
    );
  });

  it("invariants (a), (c), (e): edits of an assertion that somebody encrypts again", async () => {
    const edits = fc.array(fc.constantFrom(...EDITS), { minLength: 1, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(edits, async (chosen) => {
        const from: Variation = { base: "AS", flow: "sp-initiated", signer: "own" };
        const edited = chosen.reduce((xml, vector) => edit(xml, vector, from), openWorkshop(from).signed());
        await expectHonestOrRefused(encryptedAgain(edited), from);
      }),
      { seed: 20_260_304, numRuns: Math.ceil(RUNS / 4) },
    );
  });

  it("starts from responses that are accepted", async () => {
    for (const base of ["AS", "RS", "BS"] as const) {
      const from: Variation = { base, flow: "sp-initiated", signer: "own" };
      expect(await outcomeOf(openWorkshop(from).signed(), connection(from.flow))).toHaveProperty("claims");
      expect(await outcomeOf(openWorkshop(from).encrypted(), connection(from.flow))).toHaveProperty("claims");
    }
  });
});

/** Without the tags that the edits leave unbalanced there is nothing to encrypt. */
function encryptedAgain(xml: string): string {
  try {
    return encryptElement(xml, "Assertion");
  } catch (error) {
    if (error instanceof TypeError) return xml;
    throw error;
  }
}

async function expectHonestOrRefused(xml: string, { flow }: Variation): Promise<void> {
  const world = connection(flow);
  const outcome = await outcomeOf(xml, world);
  if ("error" in outcome) {
    expect(isSamlError(outcome.error)).toBe(true);
    if (["encoding", "xml", "structure", "encryption", "signature"].includes(outcome.error.stage))
      expect(world.storeCalls()).toBe(0);
    return;
  }
  const { nameId, attributes } = outcome.claims;
  expect(nameId).toEqual({ value: ALICE, format: undefined, nameQualifier: undefined, spNameQualifier: undefined });
  expect(Object.fromEntries(attributes)).toEqual({ email: [ALICE], name: ["Alice & Co"] });
  const { certificates } = settings();
  const text = xml.replace(/^\uFEFF/, "");
  expect(oracleContents(text, certificates)).toEqual(verifiedContents(text, certificates, false));
}
