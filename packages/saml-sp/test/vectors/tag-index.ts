/** The byte ranges of elements in a text: mutations splice text, as writing a tree would normalize the attack away. */
export interface ElementRange {
  readonly name: string;
  readonly localName: string;
  readonly depth: number;
  readonly start: number;
  /** Behind the start tag. */
  readonly contentStart: number;
  /** Before the end tag. */
  readonly contentEnd: number;
  readonly end: number;
}

const TAG = /<(\/?)([\w:.-]+)((?:"[^"]*"|'[^']*'|[^"'<>])*?)(\/?)>/g;

/** Every element in document order. */
export function elementRanges(xml: string): readonly ElementRange[] {
  const open: { name: string; start: number; contentStart: number; depth: number }[] = [];
  const found: ElementRange[] = [];
  for (const match of xml.matchAll(TAG)) {
    const [tag, slash = "", name = "", , empty = ""] = match;
    const end = match.index + tag.length;
    if (slash === "") open.push({ name, start: match.index, contentStart: end, depth: open.length });
    if (slash === "" && empty === "") continue;
    const element = open.pop();
    if (element === undefined) throw new TypeError("unbalanced tags");
    const contentEnd = empty === "" ? match.index : end;
    found.push({ ...element, localName: name.slice(name.indexOf(":") + 1), contentEnd, end });
  }
  return found.toSorted((left, right) => left.start - right.start);
}

/** @param nth among the elements of this local name, in document order */
export function rangeOf(xml: string, localName: string, nth = 0): ElementRange {
  const range = elementRanges(xml).filter((element) => element.localName === localName)[nth];
  if (range === undefined) throw new TypeError(`no element ${localName}`);
  return range;
}

export function hasElement(xml: string, localName: string): boolean {
  return elementRanges(xml).some((element) => element.localName === localName);
}

/** The element as text. */
export function take(xml: string, localName: string, nth = 0): string {
  const { start, end } = rangeOf(xml, localName, nth);
  return xml.slice(start, end);
}

export function splice(xml: string, start: number, end: number, text: string): string {
  return xml.slice(0, start) + text + xml.slice(end);
}

export function replaceElement(xml: string, localName: string, text: string, nth = 0): string {
  const { start, end } = rangeOf(xml, localName, nth);
  return splice(xml, start, end, text);
}

export function before(xml: string, localName: string, text: string, nth = 0): string {
  const { start } = rangeOf(xml, localName, nth);
  return splice(xml, start, start, text);
}

export function after(xml: string, localName: string, text: string, nth = 0): string {
  const { end } = rangeOf(xml, localName, nth);
  return splice(xml, end, end, text);
}

export function firstIn(xml: string, localName: string, text: string, nth = 0): string {
  const { contentStart } = rangeOf(opened(xml, localName, nth), localName, nth);
  return splice(opened(xml, localName, nth), contentStart, contentStart, text);
}

export function lastIn(xml: string, localName: string, text: string, nth = 0): string {
  const { contentEnd } = rangeOf(opened(xml, localName, nth), localName, nth);
  return splice(opened(xml, localName, nth), contentEnd, contentEnd, text);
}

/** An empty-element tag as two tags. */
function opened(xml: string, localName: string, nth: number): string {
  const { start, end, name } = rangeOf(xml, localName, nth);
  const tag = xml.slice(start, end);
  return tag.endsWith("/>") && !tag.includes("</") ? splice(xml, end - 2, end, `></${name}>`) : xml;
}

export function replaceContent(xml: string, localName: string, text: string, nth = 0): string {
  const { contentStart, contentEnd } = rangeOf(xml, localName, nth);
  return splice(xml, contentStart, contentEnd, text);
}

/** Adds an attribute to a start tag. */
export function withAttribute(xml: string, localName: string, attribute: string, nth = 0): string {
  const { start, name } = rangeOf(xml, localName, nth);
  return splice(xml, start + 1 + name.length, start + 1 + name.length, ` ${attribute}`);
}
