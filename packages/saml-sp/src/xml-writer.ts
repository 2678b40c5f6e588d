/**
 * Writes XML. Elements are data and every value is escaped on the way out, so no value can become markup. The output is
 * already in exclusive canonical form (Exclusive XML Canonicalization §3): what is written can be signed as it stands.
 *
 * @module
 */

/** An element whose name carries one of the prefixes below. */
export interface XmlElement {
  readonly name: string;
  /** Those that are undefined are left out. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly (XmlElement | string)[];
}

/** The prefixes that this package writes, by the names that the SAML documents use. */
const NAMESPACES: Readonly<Record<string, string>> = {
  ds: "http://www.w3.org/2000/09/xmldsig#",
  md: "urn:oasis:names:tc:SAML:2.0:metadata",
  saml: "urn:oasis:names:tc:SAML:2.0:assertion",
  samlp: "urn:oasis:names:tc:SAML:2.0:protocol",
  xenc: "http://www.w3.org/2001/04/xmlenc#",
  xenc11: "http://www.w3.org/2009/xmlenc11#",
  xsi: "http://www.w3.org/2001/XMLSchema-instance",
};

/** @param children text is escaped when written; what is undefined is left out */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly (XmlElement | string | undefined)[]
): XmlElement {
  return { name, attributes, children: children.filter((child) => child !== undefined) };
}

/**
 * @param inScope prefixes that an ancestor declares where this is put
 * @throws {TypeError} for a character that XML cannot carry, or a prefix that is not known
 */
export function writeXml(root: XmlElement, inScope: ReadonlySet<string> = new Set()): string {
  const attributes = Object.entries(root.attributes).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const used = new Set(
    [root.name, ...attributes.map(([name]) => name)].map(prefixOf).filter((prefix) => prefix !== ""),
  );
  const declarations = [...used].filter((prefix) => !inScope.has(prefix)).toSorted();
  const scope = new Set([...inScope, ...used]);
  return [
    `<${root.name}`,
    ...declarations.map((prefix) => ` xmlns:${prefix}="${namespaceOf(prefix)}"`),
    ...attributes.toSorted(canonicalOrder).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`),
    ">",
    ...root.children.map((child) => (typeof child === "string" ? escapeText(child) : writeXml(child, scope))),
    `</${root.name}>`,
  ].join("");
}

/** Attributes without a namespace come first; the others go by namespace, then by name. */
function canonicalOrder([left]: [string, string], [right]: [string, string]): number {
  const key = (name: string) => `${prefixOf(name) && namespaceOf(prefixOf(name))} ${name}`;
  return key(left) < key(right) ? -1 : 1;
}

function prefixOf(name: string): string {
  return name.includes(":") ? name.slice(0, name.indexOf(":")) : "";
}

function namespaceOf(prefix: string): string {
  if (!Object.hasOwn(NAMESPACES, prefix)) throw new TypeError(`No namespace is known for the prefix "${prefix}".`);
  return NAMESPACES[prefix] as string;
}

const TEXT_ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;" };
const ATTRIBUTE_ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

function escapeText(text: string): string {
  return carriable(text).replace(/[&<>\r]/g, (character) => TEXT_ESCAPES[character] ?? character);
}

/** @throws {TypeError} for a character that XML cannot carry */
export function escapeAttribute(text: string): string {
  return carriable(text).replace(/[&<"\t\n\r]/g, (character) => ATTRIBUTE_ESCAPES[character] ?? character);
}

/** XML 1.0 §2.2: no escape exists for the other characters. */
function carriable(text: string): string {
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text)) {
    throw new TypeError("A value holds a character that XML cannot carry.");
  }
  return text;
}
