/**
 * A linear scan of a document before any parser sees it (rule R1): refuses everything that readers have been known to
 * disagree about, and everything that could cost more than its bytes. Knows markup, not meaning.
 *
 * @module
 */
import { SamlError, type SamlErrorCode } from "./errors.ts";

/** How much a document may hold. */
export interface XmlLimits {
  readonly depth: number;
  readonly elements: number;
  /** Of each element. */
  readonly attributes: number;
}

/** What passed the gate, and what a parser must find in it. */
export interface GatedXml {
  /** Without the XML declaration. */
  readonly text: string;
  readonly elements: number;
  readonly attributes: number;
}

/** XML 1.0 §2.8; UTF-8 is what the bytes were decoded as, so another name for it would be a lie. */
const DECLARATION =
  /^<\?xml[ \t\r\n]+version=(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding=(?:"utf-8"|'utf-8'))?(?:[ \t\r\n]+standalone=(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/i;

/** XML 1.0 §2.2, and U+0080, which the parser takes for a space. */
const ILLEGAL_CHARACTER = /[^\t\n\r\u{20}-\u{7F}\u{81}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** The legal ones that nearly all documents are made of; to look for nothing else takes a third of the time. */
const PLAIN_TEXT = /^[\t\n\r -\x7F]*$/;

/** XML 1.0 §4.1: the predefined entities and character references. The lengths bound what is read. */
const REFERENCE = /&(?:amp|lt|gt|quot|apos|#(\d{1,7})|#x([\dA-Fa-f]{1,6}));/y;

/**
 * @throws {SamlError} `xml_forbidden_markup`, `xml_too_complex`, `xml_invalid`
 */
export function passGate(document: string, limits: XmlLimits): GatedXml {
  const text = document.slice(DECLARATION.exec(document)?.[0].length ?? 0);
  refuseForbiddenMarkup(text);
  const counts = countMarkup(text, limits);
  refuseIllegalCharacters(text);
  return { text, ...counts };
}

/** DOCTYPE, comments, CDATA and processing instructions. A "<" is not legal elsewhere, so no quotes need be minded. */
function refuseForbiddenMarkup(text: string): void {
  if (!text.includes("<!") && !text.includes("<?")) return;
  throw refusal(
    "xml_forbidden_markup",
    "The document holds a DOCTYPE, comment, CDATA section or processing instruction.",
  );
}

function countMarkup(text: string, limits: XmlLimits): { readonly elements: number; readonly attributes: number } {
  const total = { elements: 0, attributes: 0 };
  const mayEndSection = text.includes("]]>");
  let depth = 0;
  let position = 0;
  for (let open = text.indexOf("<"); open >= 0; open = text.indexOf("<", position)) {
    // XML 1.0 §2.4.
    if (mayEndSection && text.slice(position, open).includes("]]>"))
      throw refusal("xml_invalid", 'The document holds a stray "]]>".');
    const tag = scanTag(text, open);
    position = tag.end;
    if (tag.kind === "end") {
      if (depth === 0) throw refusal("xml_invalid", "The document ends an element that it did not begin.");
      depth -= 1;
      continue;
    }
    total.elements += 1;
    total.attributes += tag.attributes;
    if (depth >= limits.depth || total.elements > limits.elements || tag.attributes > limits.attributes) {
      throw refusal("xml_too_complex", "The document is nested too deeply or holds too many elements or attributes.");
    }
    if (tag.kind === "start") depth += 1;
  }
  return total;
}

interface Tag {
  readonly kind: "start" | "end" | "empty";
  readonly attributes: number;
  /** Behind its ">". */
  readonly end: number;
}

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const LESS = 0x3c;
const GREATER = 0x3e;

/** A ">" within quotes does not end a tag; each quoted value is an attribute. */
function scanTag(text: string, open: number): Tag {
  let attributes = 0;
  for (let at = open + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > GREATER) continue;
    if (code === GREATER) return { kind: tagKind(text, open, at), attributes, end: at + 1 };
    if (code === LESS || (code === SLASH && !isAtEdge(text, open, at))) break;
    if (code !== QUOTE && code !== APOSTROPHE) continue;
    at = endOfValue(text, at, code);
    attributes += 1;
  }
  throw refusal("xml_invalid", "The document holds a malformed tag.");
}

/**
 * By character: a search for the quote would be taken by the compiler for something it may do early, at every tag, and
 * where no such quote follows it reads the document to its end.
 *
 * @returns where the value that is quoted at `start` ends; the end of the document if it does not
 */
function endOfValue(text: string, start: number, quote: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += 1;
  return at;
}

/** A "/" begins an end tag or ends an empty one; the parser also takes "<a/ >" for an empty one. */
function isAtEdge(text: string, open: number, at: number): boolean {
  return at === open + 1 || text.charAt(at + 1) === ">";
}

function tagKind(text: string, open: number, close: number): Tag["kind"] {
  if (text.charAt(open + 1) === "/") return "end";
  return text.charAt(close - 1) === "/" ? "empty" : "start";
}

function refuseIllegalCharacters(text: string): void {
  if (!PLAIN_TEXT.test(text) && ILLEGAL_CHARACTER.test(text))
    throw refusal("xml_invalid", "The document holds a character that XML forbids.");
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) {
    if (!isReference(text, at)) throw refusal("xml_invalid", "The document holds a malformed or unknown reference.");
  }
}

function isReference(text: string, at: number): boolean {
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(text);
  if (match === null) return false;
  const [, decimal, hexadecimal] = match;
  if (decimal === undefined && hexadecimal === undefined) return true;
  const codePoint = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number.parseInt(decimal, 10);
  return codePoint <= 0x10ffff && !ILLEGAL_CHARACTER.test(String.fromCodePoint(codePoint));
}

function refusal(code: SamlErrorCode, message: string): SamlError {
  return new SamlError(code, message, { hint: "Identity providers do not send such documents: treat it as forged." });
}
