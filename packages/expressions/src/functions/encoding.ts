/**
 * Functions that write bytes as text, and read them.
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from "../base64.ts";
import { wrongType } from "../conversion.ts";
import { type Run, spend } from "../run.ts";
import { mapText, wordOf } from "./arguments.ts";
import { type FunctionDefinition, optional, required } from "./definition.ts";

/** In units of work: what a character costs that goes through bytes. */
const BYTES_COST = 10;

/** The first is meant when none is given. */
const ENCODING_NAMES = ["Unicode", "ASCII", "UTF8"] as const;
const ENCODINGS = { Unicode: "utf-16le", ASCII: "ascii", UTF8: "utf-8" } as const;

function spendBytes(run: Run, text: string): void {
  spend(run, text.length * BYTES_COST);
}

/** Of UTF-16, low byte first, which .NET calls Unicode. */
const convertToBase64: FunctionDefinition = {
  name: "ConvertToBase64",
  parameters: [required("source", "String")],
  evaluate: ([source], run) =>
    mapText(source, (text) => {
      spendBytes(run, text);
      const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
      return encodeBase64(Uint8Array.from(units.flatMap((unit) => [unit & 0xff, unit >> 8])));
    }),
};

const convertFromBase64: FunctionDefinition = {
  name: "ConvertFromBase64",
  onlyIn: "cloud sync",
  parameters: [required("source", "String"), optional("encoding", "Enumerator", { words: ENCODING_NAMES })],
  evaluate: ([source, encoding], run) =>
    mapText(source, (text) => {
      spendBytes(run, text);
      return decode(decodeBase64(text), ENCODINGS[wordOf(encoding, ENCODING_NAMES)]);
    }),
};

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw wrongType("The bytes are no text in this encoding.");
  }
}

const convertToUtf8Hex: FunctionDefinition = {
  name: "ConvertToUTF8Hex",
  parameters: [required("source", "String")],
  evaluate: ([source], run) =>
    mapText(source, (text) => {
      spendBytes(run, text);
      const bytes = Array.from(new TextEncoder().encode(text));
      return bytes.map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
    }),
};

export const encodingFunctions: readonly FunctionDefinition[] = [convertToBase64, convertFromBase64, convertToUtf8Hex];
