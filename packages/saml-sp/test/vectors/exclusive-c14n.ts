import type { Element, Node } from "@xmldom/xmldom";

/**
 * Exclusive XML Canonicalization without comments, written from the recommendation and independent of the library that
 * the package uses: a fault of one cannot hide a fault of the other.
 */
export function exclusiveC14n(apex: Element, prefixList: readonly string[] = []): string {
  return render(apex, new Map(), prefixList);
}

function render(element: Element, rendered: ReadonlyMap<string, string>, prefixList: readonly string[]): string {
  const attributes = Array.from(element.attributes).filter(({ name }) => !isDeclaration(name));
  const used = new Set([element.prefix ?? "", ...attributes.map(({ prefix }) => prefix ?? "").filter((p) => p !== "")]);
  for (const prefix of prefixList) used.add(prefix === "#default" ? "" : prefix);
  used.delete("xml");

  const scope = new Map(rendered);
  const declarations: string[] = [];
  for (const prefix of [...used].toSorted()) {
    const uri = lookUp(element, prefix);
    if (uri === undefined || (scope.get(prefix) ?? "") === uri) continue;
    scope.set(prefix, uri);
    declarations.push(` ${prefix === "" ? "xmlns" : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`);
  }
  const sorted = attributes.toSorted((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
  const content = children(element).map((node) =>
    node.nodeType === 1 ? render(node as Element, scope, prefixList) : escapeText(node.nodeValue ?? ""),
  );
  const open = [
    `<${element.tagName}`,
    ...declarations,
    ...sorted.map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`),
    ">",
  ];
  return [...open, ...content, `</${element.tagName}>`].join("");
}

function children(element: Element): readonly Node[] {
  return Array.from(element.childNodes).filter(({ nodeType }) => nodeType === 1 || nodeType === 3 || nodeType === 4);
}

function isDeclaration(name: string): boolean {
  return name === "xmlns" || name.startsWith("xmlns:");
}

/** The default namespace is always something, if only nothing. */
function lookUp(element: Element, prefix: string): string | undefined {
  const declaration = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
  for (let node: Element | null = element; node !== null; node = node.parentElement) {
    const uri = node.getAttribute(declaration);
    if (uri !== null) return uri;
  }
  return prefix === "" ? "" : undefined;
}

function sortKey({ namespaceURI, localName }: { namespaceURI: string | null; localName: string | null }): string {
  return `${namespaceURI ?? ""}\u0000${localName}`;
}

function escapeText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\r/g, "&#xD;");
}

function escapeAttribute(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/"/g, "&quot;")
    .replace(/\t/g, "&#x9;")
    .replace(/\n/g, "&#xA;")
    .replace(/\r/g, "&#xD;");
}
