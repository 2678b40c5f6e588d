import { describe, expect, it } from "vitest";
import { encryptElement } from "./encrypt.ts";
import { KEYS } from "./keys.ts";
import { connection, outcomeOf } from "./run-vector.ts";
import { EXCLUSIVE } from "./sign.ts";
import { before, firstIn, rangeOf, replaceContent, splice } from "./tag-index.ts";
import { openWorkshop } from "./vector.ts";

const MAX_MS = 50;
/** What fits into the form field as base64. */
const MAX_BYTES = 196_000;

const honest = openWorkshop({ base: "RS", flow: "sp-initiated", signer: "own" }).signed();
const room = MAX_BYTES - Buffer.byteLength(honest);

/** As an extension: inside what the signature is about, so that it is canonicalized too. */
function extended(content: string): string {
  return before(honest, "Status", `<samlp:Extensions>${content}</samlp:Extensions>`);
}

function repeated(unit: (index: number) => string, close = ""): string {
  let text = "";
  for (let index = 0; text.length + (index + 1) * close.length + unit(index).length < room; index += 1) {
    text += unit(index);
  }
  return text;
}

function declarations(level: number): string {
  return Array.from({ length: 60 }, (_, index) => ` xmlns:p${level}_${index}="u:1"`).join("");
}

function attributes(count: number): string {
  return Array.from({ length: count }, (_, index) => `q:a${index}=""`).join(" ");
}

/** Of the transform that makes the canonical form. */
function withPrefixList(xml: string, length: number): string {
  const list = repeated((index) => `p${index} `).slice(0, length);
  const inclusive = `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" PrefixList="${list}"/>`;
  return firstIn(xml, "Transform", inclusive, 1);
}

/** Thirty levels of sixty prefixes each, and as many elements within as there is room for. */
function namespaceHeavy(): string {
  const levels = Array.from({ length: 28 }, (_, level) => level);
  const open = levels.map((level) => `<x${declarations(level)}>`).join("");
  const used = levels.map((level) => `<y p${level}_59:a=""/>`).join("");
  const close = levels.map(() => "</x>").join("");
  const count = Math.floor((room - open.length - close.length) / used.length);
  return open + used.repeat(Math.min(count, Math.floor(3_800 / levels.length))) + close;
}

/** An unsigned response with an encrypted assertion, of which nothing is known until it is decrypted. */
function encrypted(plaintext: (assertion: string) => string): string {
  const { signed } = openWorkshop({ base: "AS", flow: "sp-initiated", signer: "own" });
  return encryptElement(signed(), "Assertion", { plaintext });
}

/** What three quarters of the room hold, as base64 takes the rest. */
function advice(content: string): (assertion: string) => string {
  const fitting = content.slice(0, (room * 3) / 4 - 6_000).replace(/<[^>]*$/, "");
  return (assertion) => before(assertion, "Conditions", `<saml:Advice>${fitting}</saml:Advice>`);
}

/** Twenty-eight levels of thirty prefixes each, all in use, and within as many elements as may be with one of their own. */
function prefixHeavy(): string {
  const indices = Array.from({ length: 28 }, (_, index) => index);
  const used = (level: number) =>
    indices.map((index) => ` xmlns:p${level}_${index}="u:1" p${level}_${index}:a=""`).join("");
  const open = indices.map((level) => `<x${used(level)}>`).join("");
  return open + '<y xmlns:q="u:1" q:a=""/>'.repeat(3_800) + indices.map(() => "</x>").join("");
}

const HOSTILE: Readonly<Record<string, string>> = {
  "one long text": extended("x".repeat(room - 100)),
  "many references": extended(repeated(() => "&#x41;")),
  "many ampersands": extended(repeated(() => "&")),
  "as many elements as are allowed": extended(repeated(() => "<x/>").slice(0, 4 * 3_900)),
  "far more elements": extended(repeated(() => "<x/>")),
  "elements without an end": extended(repeated(() => "<x>")),
  "nested namespaces": extended(repeated((index) => `<x xmlns:n${index}="urn:${index}">`)),
  "many prefixes in scope": extended(namespaceHeavy()),
  "many prefixes in use": extended(prefixHeavy()),
  "many attributes": extended(
    repeated(() => `<x ${Array.from({ length: 60 }, (_, index) => `a${index}=""`).join(" ")}/>`),
  ),
  "many attributes of one namespace": extended(
    repeated(() => `<x xmlns:p="urn:x" ${Array.from({ length: 60 }, (_, index) => `p:a${index}=""`).join(" ")}/>`),
  ),
  "one long attribute": extended(`<x a="${"y".repeat(room - 100)}"/>`),
  "one long name": extended(`<${"y".repeat(room - 100)}/>`),
  "one long tag without an end": extended(`<x ${"y ".repeat(room / 2 - 100)}`),
  "quotes without an end": extended(repeated(() => `<x a="`)),
  "an attribute without an end": `${honest} <x ${`a='`.repeat(room / 3 - 10)}`,
  "white space": extended(" ".repeat(room - 100)),
  "line ends": extended("\r\n".repeat(room / 2 - 100)),
  "line ends in the signature": replaceContent(honest, "SignatureValue", "\r\n".repeat(room / 2 - 100)),
  "a long signature": replaceContent(honest, "SignatureValue", "AAAA".repeat(room / 4 - 100)),
  "many transforms": replaceContent(
    honest,
    "Transforms",
    repeated(() => `<ds:Transform Algorithm="x"/>`),
  ),
  "many ids": extended(
    repeated((index) => `<x ID="_${index}"/>`)
      .slice(0, 40_000)
      .replace(/<[^>]*$/, ""),
  ),
  "a long id": honest.replaceAll('"_response"', `"_${"r".repeat(room / 2 - 100)}"`),
  "a long prefix list": withPrefixList(honest, room - 200),
  "a long prefix list and many attributes": withPrefixList(
    extended(
      repeated((index) => `<x xmlns:q="urn:x" ${attributes(55)} q:z${index}=""/>`)
        .slice(0, 90_000)
        .replace(/<[^>]*$/, ""),
    ),
    room - 95_000,
  ),
  "a long declaration": `<?xml version="1.0"${" ".repeat(room)}`,
  "a long ciphertext": encrypted(() => "x".repeat((room * 3) / 4 - 6_000)),
  "a ciphertext of as many elements as are allowed": encrypted(advice("<x/>".repeat(3_900))),
  "a ciphertext of many attributes": encrypted(
    advice(repeated(() => `<x ${Array.from({ length: 60 }, (_, index) => `a${index}=""`).join(" ")}/>`)),
  ),
  "a ciphertext that is no base64": encrypted((assertion) => assertion).replace(
    /<xenc:CipherValue>/g,
    `<xenc:CipherValue>${"*".repeat(room / 3)}`,
  ),
  "many encrypted keys": before(
    encrypted((assertion) => assertion),
    "EncryptedKey",
    repeated(() => "<xenc:EncryptedKey/>").slice(0, 20 * 3_900),
  ),
  "nothing but tags that open": repeated(() => "<"),
  "nothing but stray ends": repeated(() => "]]>"),
  "nothing but end tags": repeated(() => "</x>"),
};

describe("hostile documents up to the limit", () => {
  it.each(Object.entries(HOSTILE))("invariant (d): %s is answered within 50 ms", async (_, xml) => {
    expect(Buffer.byteLength(xml)).toBeLessThan(MAX_BYTES + 600);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 8 && best > MAX_MS / 2; round += 1) best = Math.min(best, await millisecondsOf(xml));
    expect(best).toBeLessThan(MAX_MS);
  });

  it("invariant (d): so is a person with as many encrypted attributes as are allowed", async () => {
    const { build, sign } = openWorkshop({ base: "AS", flow: "sp-initiated", signer: "own" });
    let xml = build({ attributesXml: '<saml:Attribute Name="a"/>'.repeat(30) });
    for (let nth = 0; nth < 32; nth += 1) xml = encryptElement(xml, "Attribute", { keys: KEYS.sp1 });
    const field = sign(xml.replace(/ Id="[^"]*"/g, ""), "_assertion");
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 8 && best > MAX_MS / 2; round += 1) {
      const started = process.cpuUsage();
      expect(await outcomeOf(field, connection("sp-initiated"))).toHaveProperty("claims");
      best = Math.min(best, cpuMillisecondsSince(started));
    }
    expect(best).toBeLessThan(MAX_MS);
  });

  it("invariant (d): so is base64 that is none", async () => {
    const started = performance.now();
    expect(await outcomeOf({ field: "*".repeat(262_144) }, connection("sp-initiated"))).toHaveProperty("error");
    expect(performance.now() - started).toBeLessThan(MAX_MS);
  });

  it("R0, E30: nothing beyond the limit is looked at", async () => {
    const outcome = await outcomeOf({ field: "A".repeat(262_145) }, connection("sp-initiated"));
    expect(outcome).toHaveProperty("error.code", "response_too_large");
  });

  it("keeps the fixture as it is meant: canonicalization is reached", async () => {
    const { start } = rangeOf(honest, "Status");
    const outcome = await outcomeOf(splice(honest, start, start, "<samlp:Extensions/>"), connection("sp-initiated"));
    expect(outcome).toHaveProperty("error.code", "digest_mismatch");
  });
});

/** The least of several runs is what the code costs, in CPU time: the rest is what else the machine does. */
async function millisecondsOf(xml: string): Promise<number> {
  const world = connection("sp-initiated");
  const before = process.cpuUsage();
  const outcome = await outcomeOf(xml, world);
  const elapsed = cpuMillisecondsSince(before);
  expect("error" in outcome, "is refused").toBe(true);
  return elapsed;
}

function cpuMillisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
