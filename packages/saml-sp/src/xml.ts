/**
 * XML to a checked tree (rules R1 to R4), and the only ways to walk it: by direct child and by attribute without a
 * namespace. There is no search by id or by path, so what one function reads no other can read elsewhere. The one
 * import site of the parser.
 *
 * @module
 */
import { type Attr, DOMParser, type Element, type Node } from "@xmldom/xmldom";
import { keepEndTagPattern } from "./end-tag-pattern.ts";
import { SamlError, type SamlErrorCode } from "./errors.ts";
import { type GatedXml, passGate, type XmlLimits } from "./xml-gate.ts";

export type { Element };

keepEndTagPattern();

/** Far above what a response needs; a response of five groups' worth of attributes has 100 elements. */
const RESPONSE_LIMITS: XmlLimits = { depth: 32, elements: 4_000, attributes: 64 };

/**
 * @param limits those of a response when absent
 * @returns the root element
 * @throws {SamlError} of stage `xml`
 */
export function parseXml(document: string, limits: XmlLimits = RESPONSE_LIMITS): Element {
  const gated = passGate(document, limits);
  const root = parse(gated.text);
  checkTree(root, gated);
  return root;
}

function parse(text: string): Element {
  try {
    const root = new DOMParser({ locator: false, normalizeLineEndings, onError }).parseFromString(
      text,
      "text/xml",
    ).documentElement;
    if (root !== null) return root;
  } catch {
    // No cause: the parser quotes the document in its messages, and these end in logs.
  }
  throw refusal("xml_invalid", "The document is not well-formed XML.");
}

/** Rule R2: XML 1.0 §2.11. The parser's own also folds U+0085 and U+2028, as XML 1.1 does. */
function normalizeLineEndings(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** Every complaint ends the parsing, save that about U+FFFD: the character is legal, and names hold it. */
function onError(level: string, message: string): void {
  if (level === "warning" && message.startsWith("Unicode replacement character")) return;
  throw new SyntaxError(message);
}

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
const ELEMENT_NODE = 1;
const TEXT_NODE = 3;

/** Rules R3 and R4. The parser drops the first of two attributes of one expanded name: the counts tell. */
function checkTree(root: Element, gated: GatedXml): void {
  const seen = { elements: 0, attributes: 0, ids: new Set<string>() };
  visit(root);
  if (seen.elements !== gated.elements) throw refusal("xml_invalid", "The document is not what it seems.");
  if (seen.attributes !== gated.attributes) {
    throw refusal("xml_attribute_duplicate", "An element has two attributes of one name.");
  }

  function visit(element: Element): void {
    seen.elements += 1;
    seen.attributes += element.attributes.length;
    checkAttributes(element, seen.ids);
    for (let node = element.firstChild; node !== null; node = node.nextSibling) {
      if (isElement(node)) visit(node);
      else if (node.nodeType !== TEXT_NODE)
        throw refusal("xml_forbidden_markup", "The document holds forbidden markup.");
    }
  }
}

function checkAttributes({ attributes }: Element, ids: Set<string>): void {
  let id: Attr | undefined;
  // By index: every attribute of every document passes here, and a list of them costs more than the checks.
  for (let index = 0; index < attributes.length; index += 1) {
    const attribute = attributes[index] as Attr;
    checkNamespace(attribute);
    if (!isIdLike(attribute)) continue;
    if (id !== undefined) throw idInvalid();
    id = attribute;
  }
  if (id !== undefined) checkId(id, ids);
}

/** Namespaces in XML §3 and §4: some readers take a name for a declaration that others take for an attribute. */
function checkNamespace({ name, localName, prefix, namespaceURI, value }: Attr): void {
  if (namespaceURI !== XMLNS_NAMESPACE) {
    if (name.startsWith("xmlns")) throw refusal("xml_namespace_invalid", "An attribute poses as a namespace.");
    return;
  }
  const undeclares = prefix === null && value === "";
  const reserved = value === XML_NAMESPACE || value === XMLNS_NAMESPACE || localName === "xml";
  // A relative URI makes some canonicalizers fail, and their empty output has a well-known digest.
  if (reserved || (prefix !== null && localName === "xmlns") || (!undeclares && !isAbsoluteUri(value))) {
    throw refusal("xml_namespace_invalid", "A namespace is reserved or not an absolute URI.");
  }
}

function isAbsoluteUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z\d+.-]*:/.test(text);
}

function isIdLike({ localName }: Attr): boolean {
  return localName === "ID" || localName === "Id" || localName === "id";
}

/** One identifier per element, without a namespace, and no two the same in whatever spelling. */
function checkId({ namespaceURI, value }: Attr, ids: Set<string>): void {
  if (namespaceURI !== null || !isNCName(value)) throw idInvalid();
  if (ids.has(value)) throw refusal("xml_id_duplicate", "Two elements have the same identifier.");
  ids.add(value);
}

function idInvalid(): SamlError {
  return refusal("xml_id_invalid", "An element has a malformed identifier, or more than one.");
}

/** Namespaces in XML §3. */
function isNCName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{M}\p{N}_.-]*$/u.test(text);
}

function isElement(node: Node): node is Element {
  return node.nodeType === ELEMENT_NODE;
}

function refusal(code: SamlErrorCode, message: string): SamlError {
  return new SamlError(code, message, { hint: "Identity providers do not send such documents: treat it as forged." });
}

export function isNamed(element: Element, namespace: string, localName: string): boolean {
  return element.localName === localName && element.namespaceURI === namespace;
}

/** The child elements in document order. */
export function childElements(parent: Element): readonly Element[] {
  const children: Element[] = [];
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) if (isElement(node)) children.push(node);
  return children;
}

/** The child elements of one expanded name. */
export function childrenNamed(parent: Element, namespace: string, localName: string): readonly Element[] {
  return childElements(parent).filter((child) => isNamed(child, namespace, localName));
}

/** The value of an attribute without a namespace. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.getAttributeNS(null, name) ?? undefined;
}

/** The declarations that hold within an element, its own and inherited ones: `xmlns` or `xmlns:prefix` to the URI. */
export function namespacesInScope(element: Element): ReadonlyMap<string, string> {
  const scope = new Map<string, string>();
  for (let node: Element | null = element; node !== null; node = node.parentElement) {
    for (const { name, namespaceURI, value } of Array.from(node.attributes)) {
      if (namespaceURI === XMLNS_NAMESPACE && !scope.has(name)) scope.set(name, value);
    }
  }
  return scope;
}

/** The text of an element that has nothing else, verbatim; undefined if it has elements. */
export function textOf(element: Element): string | undefined {
  let text = "";
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    if (isElement(node)) return undefined;
    text += node.nodeValue ?? "";
  }
  return text;
}

/** Whether there is nothing but white space between the child elements. */
export function hasElementContentOnly(element: Element): boolean {
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    if (!isElement(node) && /[^ \t\r\n]/.test(node.nodeValue ?? "")) return false;
  }
  return true;
}
