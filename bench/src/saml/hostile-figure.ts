/**
 * What a stranger can cost at most with one form field, before anything is known to be genuine.
 *
 * @module
 */
import { isSamlError } from "@muster/saml-sp";
import type { Figure } from "../figure.ts";
import { median } from "../interleaved.ts";
import { hostileDocuments } from "./hostile-documents.ts";
import { CERTIFICATES, loginResponse, PERSON } from "./login.ts";
import { ourValidator } from "./our-validator.ts";

const ROUNDS = 15;

export async function hostileFigure(): Promise<Figure> {
  const honest = Buffer.from(loginResponse(PERSON, { sign: "response" }), "base64").toString();
  const documents = Object.entries(hostileDocuments(honest));
  const costs: { readonly shape: string; readonly ms: number }[] = [];
  for (const [shape, document] of documents) costs.push({ shape, ms: await costOf(document) });
  const [worst] = costs.toSorted((left, right) => right.ms - left.ms);
  if (worst === undefined) throw new Error("There is no hostile document.");
  return {
    name: "hostile-256k-ms",
    value: worst.ms,
    unit: "ms",
    target: "<= 50",
    detail: `CPU time, median of ${ROUNDS}, of the worst of ${documents.length} documents: ${worst.shape}`,
  };
}

async function costOf(document: string): Promise<number> {
  const samlResponse = Buffer.from(document).toString("base64");
  const { validate } = ourValidator(CERTIFICATES.one);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    const refused = await validate(samlResponse).then(() => false, isSamlError);
    const { user, system } = process.cpuUsage(before);
    if (!refused) throw new Error("A hostile document was not refused.");
    times.push((user + system) / 1000);
  }
  return median(times);
}
