/**
 * Functions of chance. The chance is the caller's.
 *
 * @module
 */
import { ExpressionError } from "../errors.ts";
import { positionOf, textOf } from "./arguments.ts";
import { type FunctionDefinition, optional, required } from "./definition.ts";

const MAX_LENGTH = 256;

/** Characters that a password may have, by kind (password complexity of Windows). */
const DIGITS = "0123456789";
const SPECIALS = "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/";
const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWERS = CAPITALS.toLowerCase();

const guid: FunctionDefinition = {
  name: "Guid",
  parameters: [],
  evaluate: (_, { context }) => context.newGuid(),
};

/** What the minima leave open comes from the kinds that have one; from letters and digits when none has. */
const randomString: FunctionDefinition = {
  name: "RandomString",
  parameters: [
    required("length", "Integer"),
    required("minimumNumbers", "Integer"),
    required("minimumSpecialCharacters", "Integer"),
    required("minimumCapital", "Integer"),
    required("minimumLowerCase", "Integer"),
    optional("charactersToAvoid", "String"),
  ],
  evaluate: ([length, digits, specials, capitals, lowers, avoid], { context }) => {
    const avoided = new Set(textOf(avoid) ?? "");
    const plain = kindOf(DIGITS + CAPITALS + LOWERS, 0, avoided).characters;
    const kinds = [
      kindOf(DIGITS, positionOf(digits), avoided),
      kindOf(SPECIALS, positionOf(specials), avoided),
      kindOf(CAPITALS, positionOf(capitals), avoided),
      kindOf(LOWERS, positionOf(lowers), avoided),
    ];
    return shuffled(draw(kinds, plain, positionOf(length), context.random), context.random).join("");
  },
};

interface Kind {
  readonly characters: readonly string[];
  readonly least: number;
}

function kindOf(characters: string, least: number, avoided: ReadonlySet<string>): Kind {
  const allowed = Array.from(characters).filter((character) => !avoided.has(character));
  if (least < 0 || (least > 0 && allowed.length === 0)) throw impossible();
  return { characters: allowed, least };
}

function draw(kinds: readonly Kind[], plain: readonly string[], length: number, random: () => number): string[] {
  const least = kinds.reduce((sum, kind) => sum + kind.least, 0);
  if (length < least || length > MAX_LENGTH) throw impossible();
  const asked = kinds.filter((kind) => kind.least > 0);
  const open = asked.length > 0 ? asked.flatMap((kind) => kind.characters) : plain;
  if (open.length === 0 && length > least) throw impossible();
  const drawn = kinds.flatMap((kind) => Array.from({ length: kind.least }, () => pick(kind.characters, random)));
  return [...drawn, ...Array.from({ length: length - least }, () => pick(open, random))];
}

function pick(characters: readonly string[], random: () => number): string {
  return characters[below(characters.length, random)] ?? "";
}

function below(end: number, random: () => number): number {
  return Math.min(Math.floor(random() * end), end - 1);
}

/** Fisher and Yates: every order is as likely as every other. */
function shuffled(characters: readonly string[], random: () => number): readonly string[] {
  const mixed = [...characters];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = below(last + 1, random);
    [mixed[last], mixed[other]] = [mixed[other] ?? "", mixed[last] ?? ""];
  }
  return mixed;
}

function impossible(): ExpressionError {
  return new ExpressionError("range", "No text has this length and these characters.", {
    hint: `The length is at most ${MAX_LENGTH}, and not less than the minima together.`,
  });
}

export const randomFunctions: readonly FunctionDefinition[] = [guid, randomString];
