/**
 * Functions that put texts together and take them apart. Positions count from 1.
 *
 * @module
 */

import { toText } from "../conversion.ts";
import { ExpressionError } from "../errors.ts";
import { foldCase } from "../letter-case.ts";
import { spend, spendSearch, spendText } from "../run.ts";
import { sliceText } from "../text-slice.ts";
import { isList, type Value } from "../value.ts";
import { argumentValue, mapText, positionOf, textOf, wordOf } from "./arguments.ts";
import { type FunctionDefinition, optional, repeated, required } from "./definition.ts";

/** Without a source there is nothing to append to; without a suffix the source stays. */
const append: FunctionDefinition = {
  name: "Append",
  parameters: [required("source", "String"), required("suffix", "String")],
  evaluate: ([source, suffix]) => mapText(source, (text) => text + (textOf(suffix) ?? "")),
};

/** Nulls and empty texts are left out, together with their separator. */
const join: FunctionDefinition = {
  name: "Join",
  parameters: [required("separator", "String"), repeated("source", "String")],
  evaluate: ([separator, ...sources], run) => {
    const between = textOf(separator) ?? "";
    const texts = sources.flatMap((source) => textsOf(argumentValue(source))).filter((text) => text !== "");
    spendText(
      run,
      texts.reduce((length, text) => length + text.length + between.length, 0),
    );
    return texts.join(between);
  },
};

function textsOf(value: Value): readonly string[] {
  return isList(value) ? value.map((single) => toText(single) ?? "") : [toText(value) ?? ""];
}

const left: FunctionDefinition = {
  name: "Left",
  parameters: [required("string", "String"), required("numChars", "Integer")],
  evaluate: ([string, numChars]) => {
    const text = textOf(string) ?? "";
    const length = positionOf(numChars);
    return length < 0 ? text : sliceText(text, 0, length);
  },
};

/** With two arguments, as a sample of cloud sync has it, up to the end. */
const mid: FunctionDefinition = {
  name: "Mid",
  parameters: [required("source", "String"), required("start", "Integer"), optional("length", "Integer")],
  evaluate: ([source, start, length]) =>
    mapText(source, (text) => {
      const first = positionOf(start);
      const count = length === undefined ? text.length : positionOf(length);
      return first < 1 || count < 1 ? "" : sliceText(text, first - 1, Math.min(first - 1 + count, text.length));
    }),
};

/** The first is meant when none is given. */
const COMPARE_TYPES = ["vbBinaryCompare", "vbTextCompare"] as const;

const inStr: FunctionDefinition = {
  name: "InStr",
  parameters: [
    required("value1", "String"),
    required("value2", "String"),
    optional("start", "Integer"),
    optional("compareType", "Enumerator", { words: COMPARE_TYPES }),
  ],
  evaluate: ([value1, value2, start, compareType], run) => {
    const fold = wordOf(compareType, COMPARE_TYPES) === "vbTextCompare" ? foldCase : (text: string) => text;
    const first = start === undefined ? 1 : positionOf(start);
    if (first < 1) throw new ExpressionError("range", "InStr begins to look at position 1 or later.");
    const text = fold(textOf(value1) ?? "");
    const wanted = fold(textOf(value2) ?? "");
    spendSearch(run, text, wanted);
    return first > text.length ? 0 : text.indexOf(wanted, first - 1) + 1;
  },
};

/** Any of the delimiters ends a word; several in a row end one. */
const word: FunctionDefinition = {
  name: "Word",
  parameters: [required("string", "String"), required("wordNumber", "Integer"), required("delimiters", "String")],
  evaluate: ([string, wordNumber, delimiters]) => {
    const text = textOf(string) ?? "";
    const number = positionOf(wordNumber);
    const ends = new Set(textOf(delimiters) ?? "");
    let count = 0;
    let current = "";
    for (const character of text) {
      if (!ends.has(character)) {
        if (current === "") count += 1;
        current += character;
      } else if (count === number && current !== "") return current;
      else current = "";
    }
    return count === number ? current : "";
  },
};

const stripSpaces: FunctionDefinition = {
  name: "StripSpaces",
  parameters: [required("source", "String")],
  evaluate: ([source]) => mapText(source, (text) => text.replaceAll(" ", "")),
};

const trim: FunctionDefinition = {
  name: "Trim",
  onlyIn: "cloud sync",
  parameters: [required("value", "String")],
  evaluate: ([value], run) => {
    const given = argumentValue(value);
    if (!isList(given)) return toText(given)?.trim() ?? null;
    spend(run, given.length);
    return given.map((single) => toText(single)?.trim() ?? "");
  },
};

export const textFunctions: readonly FunctionDefinition[] = [append, join, left, mid, inStr, word, stripSpaces, trim];
