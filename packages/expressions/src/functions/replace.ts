/**
 * `Replace`, which does one of five things, by the arguments that are given.
 *
 * @module
 */
import { ExpressionError } from "../errors.ts";
import type { Match, MatchSpan, Pattern } from "../pattern.ts";
import { compileCost, compilePattern, findMatches } from "../regex.ts";
import { expandReplacement } from "../regex-replacement.ts";
import { type Run, spend, spendSearch, spendText } from "../run.ts";
import type { Value } from "../value.ts";
import { textOf } from "./arguments.ts";
import { type Argument, type FunctionDefinition, optional, required } from "./definition.ts";

interface ReplaceArguments {
  readonly source: Argument;
  readonly oldValue: Argument;
  readonly regexPattern: Argument;
  readonly regexGroupName: Argument;
  readonly replacementValue: Argument;
  readonly replacementAttributeName: Argument;
  readonly template: Argument;
}

interface Mode {
  readonly needs: readonly (keyof ReplaceArguments)[];
  act(args: ReplaceArguments, run: Run): Value;
}

/** In the order of the reference; the first counts whose arguments are all given. */
const MODES: readonly Mode[] = [
  { needs: ["oldValue", "replacementValue"], act: replaceText },
  { needs: ["oldValue", "template"], act: fillTemplate },
  { needs: ["regexPattern", "regexGroupName", "replacementValue"], act: replaceGroup },
  { needs: ["regexPattern", "regexGroupName", "replacementAttributeName"], act: takeFromOther },
  { needs: ["regexPattern", "replacementValue"], act: replacePattern },
];

const PARAMETERS = [
  required("source", "String"),
  optional("oldValue", "String", { graphKey: "Find" }),
  optional("regexPattern", "Pattern"),
  optional("regexGroupName", "String"),
  optional("replacementValue", "String", { graphKey: "Replacement" }),
  optional("replacementAttributeName", "String"),
  optional("template", "String"),
] as const;

const replace: FunctionDefinition = {
  name: "Replace",
  parameters: PARAMETERS,
  complaint: (given) => {
    const names = new Set(PARAMETERS.filter((_, index) => given[index]).map(({ name }) => name));
    if (MODES.some(({ needs }) => needs.every((name) => names.has(name)))) return undefined;
    return `Replace takes one of: ${MODES.map(({ needs }) => needs.join(" + ")).join("; ")}.`;
  },
  evaluate: (args, run) => {
    const [source, oldValue, regexPattern, regexGroupName, replacementValue, replacementAttributeName, template] = args;
    const named: ReplaceArguments = {
      source,
      oldValue,
      regexPattern,
      regexGroupName,
      replacementValue,
      replacementAttributeName,
      template,
    };
    const mode = MODES.find(({ needs }) => needs.every((name) => named[name] !== undefined));
    return mode === undefined ? textOf(source) : mode.act(named, run);
  },
};

/** Every occurrence in the source, case-sensitively. */
function replaceText({ source, oldValue, replacementValue }: ReplaceArguments, run: Run): Value {
  const text = textOf(source);
  return text === null ? null : replaceAll(text, textOf(oldValue) ?? "", textOf(replacementValue) ?? "", run);
}

/** The source, in the place of every occurrence in the template. */
function fillTemplate({ source, oldValue, template }: ReplaceArguments, run: Run): Value {
  const text = textOf(source);
  return text === null ? null : replaceAll(textOf(template) ?? "", textOf(oldValue) ?? "", text, run);
}

function replaceAll(text: string, wanted: string, replacement: string, run: Run): string {
  if (wanted === "") return text;
  spendSearch(run, text, wanted);
  const parts = text.split(wanted);
  spendText(run, text.length + (parts.length - 1) * (replacement.length - wanted.length));
  return parts.join(replacement);
}

/** Every match, by a replacement in which `$` stands for what was found. */
function replacePattern({ source, regexPattern, replacementValue }: ReplaceArguments, run: Run): Value {
  const text = textOf(source);
  if (text === null) return null;
  const pattern = patternOf(regexPattern, run);
  const replacement = textOf(replacementValue) ?? "";
  return rewrite(text, findMatches(pattern, text, run), run, (match) => ({
    span: match[0],
    text: expandReplacement(replacement, { pattern, text, match }, run),
  }));
}

/** In every match, what the group found, by a replacement that is taken as it is. */
function replaceGroup(args: ReplaceArguments, run: Run): Value {
  const text = textOf(args.source);
  if (text === null) return null;
  const pattern = patternOf(args.regexPattern, run);
  const group = groupOf(pattern, args.regexGroupName);
  const replacement = textOf(args.replacementValue) ?? "";
  return rewrite(text, findMatches(pattern, text, run), run, (match) => ({ span: match[group], text: replacement }));
}

/** The source if there is one; otherwise what the group finds in the other attribute. */
function takeFromOther(args: ReplaceArguments, run: Run): Value {
  const text = textOf(args.source) ?? "";
  if (text !== "") return text;
  const other = textOf(args.replacementAttributeName) ?? "";
  const pattern = patternOf(args.regexPattern, run);
  const group = groupOf(pattern, args.regexGroupName);
  const [match] = findMatches(pattern, other, run);
  const span = match?.[group];
  return span === undefined ? null : other.slice(span.start, span.end);
}

interface Edit {
  readonly span: MatchSpan | undefined;
  readonly text: string;
}

/** The text with one edit per match, which come from left to right. */
function rewrite(text: string, matches: Iterable<Match>, run: Run, edit: (match: Match) => Edit): string {
  const parts: string[] = [];
  let length = text.length;
  let copied = 0;
  for (const match of matches) {
    const { span, text: replacement } = edit(match);
    if (span === undefined) continue;
    length += replacement.length - (span.end - span.start);
    spendText(run, replacement.length);
    parts.push(text.slice(copied, span.start), replacement);
    copied = span.end;
  }
  spendText(run, length);
  return [...parts, text.slice(copied)].join("");
}

/** Patterns that stand in the expression were compiled with it. */
function patternOf(arg: Argument, run: Run): Pattern {
  const source = textOf(arg) ?? "";
  const known = run.patterns.get(source);
  if (known !== undefined) return known;
  spend(run, compileCost(source));
  return compilePattern(source);
}

function groupOf(pattern: Pattern, name: Argument): number {
  const group = pattern.groups.get(textOf(name) ?? "");
  if (group !== undefined) return group;
  throw new ExpressionError("range", "The pattern has no group of this name.", {
    hint: "Name it in the pattern: (?<name>…).",
  });
}

export const replaceFunctions: readonly FunctionDefinition[] = [replace];
