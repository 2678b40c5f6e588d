/**
 * Documents as large as the form field allows, each made to cost more than its bytes.
 *
 * @module
 */

/** What fits into 256 KB of base64. */
const MAX_BYTES = 196_000;

/** @param honest a signed response: what is added is canonicalized with it, before the digest tells */
export function hostileDocuments(honest: string): Readonly<Record<string, string>> {
  const room = MAX_BYTES - Buffer.byteLength(honest) - 100;
  const extended = (content: string) =>
    honest.replace("<samlp:Status", `<samlp:Extensions>${content}</samlp:Extensions><samlp:Status`);
  const filled = (unit: (index: number) => string) => extended(repeated(unit, room));
  const nested = (unit: (level: number) => string) => extended(nest(unit, room));
  return {
    "as many elements as are allowed": extended(repeated(() => "<x/>", 4 * 3_900)),
    "far more elements": filled(() => "<x/>"),
    "elements without an end": filled(() => "<x>"),
    "nested namespaces": filled((index) => `<x xmlns:n${index}="urn:${index}">`),
    "many prefixes in scope": nested(declarations),
    "many prefixes in use": extended(nestedPrefixes()),
    "many attributes": filled(() => `<x${list(60, (index) => ` a${index}=""`)}/>`),
    "many attributes of one namespace": filled(() => `<x xmlns:p="urn:x"${list(60, (index) => ` p:a${index}=""`)}/>`),
    "many references": filled(() => "&#x41;"),
    "one long text": filled(() => "x"),
    "one long attribute": extended(`<x a="${"y".repeat(room)}"/>`),
    "quotes without an end": filled(() => `<x a="`),
    "line ends": filled(() => "\r\n"),
    "line ends in the signature": honest.replace(
      /(?<=<ds:SignatureValue[^>]*>)[^<]+/,
      repeated(() => "\r\n", room),
    ),
    "many transforms": honest.replace(
      "</ds:Transforms>",
      (end) => repeated(() => '<ds:Transform Algorithm="x"/>', room) + end,
    ),
    "nothing but tags that open": "<".repeat(MAX_BYTES),
    "nothing but end tags": repeated(() => "</x>", MAX_BYTES),
  };
}

function list(count: number, unit: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => unit(index)).join("");
}

function repeated(unit: (index: number) => string, length: number): string {
  const units: string[] = [];
  for (let index = 0, used = 0; ; index += 1) {
    const next = unit(index);
    used += next.length;
    if (used > length) return units.join("");
    units.push(next);
  }
}

function declarations(level: number): string {
  return list(60, (index) => ` xmlns:p${level}_${index}="u:1"`);
}

const LEVELS = 28;

/** As deep as is allowed, and within as many elements as there is room for. */
function nest(attributes: (level: number) => string, length: number): string {
  const open = list(LEVELS, (level) => `<x${attributes(level)}>`);
  const close = "</x>".repeat(LEVELS);
  return open + repeated((index) => `<y p${index % LEVELS}_59:a=""/>`, length - open.length - close.length) + close;
}

/** The same with all prefixes in use, and within as many elements as may be with one of their own. */
function nestedPrefixes(): string {
  const used = (level: number) => list(LEVELS, (index) => ` xmlns:p${level}_${index}="u:1" p${level}_${index}:a=""`);
  const open = list(LEVELS, (level) => `<x${used(level)}>`);
  return open + '<y xmlns:q="u:1" q:a=""/>'.repeat(3_800) + "</x>".repeat(LEVELS);
}
