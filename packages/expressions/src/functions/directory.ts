/**
 * Functions of the directory around the attribute: distinguished names, security identifiers, domain, log and errors.
 *
 * @module
 */
import { decodeBase64 } from "../base64.ts";
import { wrongType } from "../conversion.ts";
import { ExpressionError } from "../errors.ts";
import { sliceText } from "../text-slice.ts";
import { argumentValue, mapText, positionOf, textOf } from "./arguments.ts";
import { type FunctionDefinition, required } from "./definition.ts";

const MAX_MESSAGE_LENGTH = 500;

/** The value as it is. That no log shows it is seen from the call itself. */
const redact: FunctionDefinition = {
  name: "Redact",
  parameters: [required("value", "Any")],
  evaluate: ([value]) => argumentValue(value),
};

const defaultDomain: FunctionDefinition = {
  name: "DefaultDomain",
  onlyIn: "Graph",
  parameters: [],
  evaluate: (_, { context }) => {
    if (context.defaultDomain !== undefined) return context.defaultDomain;
    throw new ExpressionError("unsupported", "No default domain is known.", {
      hint: "Give the context defaultDomain.",
    });
  },
};

/** Fails the object. The message is the expression's own, and may hold values. */
const error: FunctionDefinition = {
  name: "Error",
  onlyIn: "cloud sync",
  parameters: [required("errorMessage", "String")],
  evaluate: ([errorMessage]) => {
    throw new ExpressionError("rejected", sliceText(textOf(errorMessage) ?? "", 0, MAX_MESSAGE_LENGTH));
  },
};

/** The value of one component of a distinguished name (RFC 4514), from the left, from 1; "" when there is none. */
const dnComponent: FunctionDefinition = {
  name: "DNComponent",
  onlyIn: "cloud sync",
  parameters: [required("dn", "String"), required("componentNumber", "Integer")],
  evaluate: ([dn, componentNumber]) =>
    mapText(dn, (text) => {
      const components = text.match(/(?:\\[\s\S]|[^\\,])+/g) ?? [];
      const component = components[positionOf(componentNumber) - 1] ?? "";
      return unescaped(component.slice(component.indexOf("=") + 1).trim());
    }),
};

/** Escaped are characters by themselves, and bytes of UTF-8 as two hexadecimal digits. */
function unescaped(value: string): string {
  return value.replaceAll(/(?:\\[0-9A-Fa-f]{2})+|\\([\s\S])/g, (written: string, character?: string) => {
    if (character !== undefined) return character;
    const bytes = written.slice(1).split("\\");
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
  });
}

/** Of the bytes in base64: revision, number of parts, authority in 48 bits, parts in 32 bits, low byte first. */
const stringFromSid: FunctionDefinition = {
  name: "StringFromSid",
  onlyIn: "cloud sync",
  parameters: [required("byteArray", "String")],
  evaluate: ([byteArray]) =>
    mapText(byteArray, (text) => {
      const bytes = decodeBase64(text);
      const count = bytes[1] ?? 0;
      if (bytes.length < 8 || bytes.length !== 8 + 4 * count) throw wrongType("The bytes are no security identifier.");
      const view = new DataView(bytes.buffer);
      const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
      const parts = Array.from({ length: count }, (_, index) => view.getUint32(8 + 4 * index, true));
      return ["S", bytes[0], authority, ...parts].join("-");
    }),
};

export const directoryFunctions: readonly FunctionDefinition[] = [
  redact,
  defaultDomain,
  error,
  dnComponent,
  stringFromSid,
];
