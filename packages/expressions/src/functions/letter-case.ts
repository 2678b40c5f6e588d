/**
 * Functions that change the letters of a text, and keep what it says.
 *
 * @module
 */
import { withoutDiacritics } from "../diacritics.ts";
import { readCulture, toLower, toUpper } from "../letter-case.ts";
import { spend } from "../run.ts";
import { mapText, textOf } from "./arguments.ts";
import { type FunctionDefinition, optional, required } from "./definition.ts";

/** In units of work: what a character costs that is looked at by itself, and by the rules of a culture. */
const LETTER_COST = 10;
const CULTURE_COST = 50;

const toLowerFunction: FunctionDefinition = {
  name: "ToLower",
  parameters: [required("source", "String"), optional("culture", "String")],
  evaluate: ([source, culture], run) =>
    mapText(source, (text) => {
      const rules = readCulture(textOf(culture));
      spend(run, text.length * (rules === undefined ? LETTER_COST : CULTURE_COST));
      return toLower(text, rules);
    }),
};

const toUpperFunction: FunctionDefinition = {
  name: "ToUpper",
  parameters: [required("source", "String"), optional("culture", "String")],
  evaluate: ([source, culture], run) =>
    mapText(source, (text) => {
      const rules = readCulture(textOf(culture));
      spend(run, text.length * (rules === undefined ? LETTER_COST : CULTURE_COST));
      return toUpper(text, rules);
    }),
};

/** Spaces, controls, punctuation and symbols, as the reference lists them; apostrophes are among them. */
const DEFAULT_SEPARATOR = /[\p{Z}\p{C}\p{P}\p{S}]/u;

const pCase: FunctionDefinition = {
  name: "PCase",
  parameters: [required("source", "String"), optional("wordSeparators", "String")],
  evaluate: ([source, wordSeparators], run) =>
    mapText(source, (text) => {
      const separators = textOf(wordSeparators);
      const given = separators === null ? undefined : new Set(separators);
      spend(run, text.length * LETTER_COST);
      return properCase(text, (character) => given?.has(character) ?? DEFAULT_SEPARATOR.test(character));
    }),
};

function properCase(text: string, isSeparator: (character: string) => boolean): string {
  let isFirst = true;
  return Array.from(text, (character) => {
    const cased = isFirst ? toUpper(character) : toLower(character);
    isFirst = isSeparator(character);
    return cased;
  }).join("");
}

const normalizeDiacritics: FunctionDefinition = {
  name: "NormalizeDiacritics",
  parameters: [required("source", "String")],
  evaluate: ([source], run) =>
    mapText(source, (text) => {
      spend(run, text.length * LETTER_COST);
      return withoutDiacritics(text);
    }),
};

export const letterCaseFunctions: readonly FunctionDefinition[] = [
  toLowerFunction,
  toUpperFunction,
  pCase,
  normalizeDiacritics,
];
