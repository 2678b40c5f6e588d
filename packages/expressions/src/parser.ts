/**
 * From text to tree. The grammar is the one of Microsoft's reference for attribute mappings:
 *
 *     expression := operand [ operator operand ]
 *     operand    := call | [attribute] | "text" | number | word
 *     call       := Name ( [ argument { , argument } ] )        an argument may be left out: `, ,`
 *
 * @module
 */
import type { CallNode, ComparisonOperator, Expression, ExpressionNode } from "./ast.ts";
import { ExpressionError } from "./errors.ts";
import { type Token, type TokenKind, tokenize } from "./lexer.ts";
import { compilePatterns } from "./prepare.ts";
import { redactedNodes } from "./redact.ts";
import { type Dialect, requireValidCalls } from "./signature.ts";

/** What Entra takes at most (known issues of application provisioning). */
const MAX_LENGTH = 10_000;
const MAX_DEPTH = 64;
const INTEGER_LIMIT = 2n ** 63n;

/** How a text is read. */
export interface ParseOptions {
  /** Whose reference counts where two differ; application provisioning when not said. */
  readonly dialect?: Dialect | undefined;
}

/**
 * Reads an expression, and refuses what could never be evaluated: unknown functions, wrong numbers of arguments,
 * functions that stand only at the top.
 *
 * @param text as it stands in a mapping of Entra
 * @param options whose reference counts where two differ
 * @throws ExpressionError with the position, and a hint how it would be right
 * @example
 * const rule = parseExpression('Switch([jobTitle], "False", "Manager", "True")');
 */
export function parseExpression(text: string, options: ParseOptions = {}): Expression {
  if (text.length > MAX_LENGTH) {
    throw new ExpressionError(
      "too-long",
      `An expression has at most ${MAX_LENGTH} characters; this has ${text.length}.`,
    );
  }
  const reader: Reader = { tokens: tokenize(text), at: 0 };
  const root = readExpression(reader, 1);
  if (peek(reader).kind !== "end") throw unexpected(peek(reader));
  requireValidCalls(root, options.dialect ?? "appProvisioning");
  return { text, root, patterns: compilePatterns(root), redacted: redactedNodes(root) };
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

function peek(reader: Reader, ahead = 0): Token {
  // The last token is `end`, and nothing reads beyond it.
  return reader.tokens[Math.min(reader.at + ahead, reader.tokens.length - 1)] as Token;
}

function take(reader: Reader): Token {
  const token = peek(reader);
  reader.at += 1;
  return token;
}

function readExpression(reader: Reader, depth: number): ExpressionNode {
  const left = readOperand(reader, depth);
  if (peek(reader).kind !== "operator") return left;
  const operator = take(reader).text as ComparisonOperator;
  const right = readOperand(reader, depth);
  return { kind: "comparison", operator, left, right, start: left.start, end: right.end };
}

function readOperand(reader: Reader, depth: number): ExpressionNode {
  const token = take(reader);
  const { start, end, text } = token;
  switch (token.kind) {
    case "attribute":
      return { kind: "attribute", name: text, start, end };
    case "text":
      return { kind: "text", value: text, start, end };
    case "number":
      return { kind: "number", value: readInteger(token), start, end };
    case "word":
      if (peek(reader).kind !== "(") return { kind: "enumerator", name: text, start, end };
      return readCall(reader, token, depth);
    default:
      throw unexpected(token);
  }
}

function readInteger({ text, start }: Token): bigint {
  const value = text.startsWith("&H") ? BigInt(`0x${text.slice(2)}`) : BigInt(text);
  if (value < -INTEGER_LIMIT || value >= INTEGER_LIMIT) {
    throw new ExpressionError("range", "This number does not fit into 64 bits.", { position: start });
  }
  return value;
}

function readCall(reader: Reader, { text: name, start }: Token, depth: number): CallNode {
  if (depth > MAX_DEPTH) {
    throw new ExpressionError("too-deep", `Calls stand at most ${MAX_DEPTH} deep in each other.`, { position: start });
  }
  const opening = take(reader);
  const args: (ExpressionNode | undefined)[] = [];
  if (peek(reader).kind !== ")") args.push(readArgument(reader, depth));
  while (peek(reader).kind === ",") {
    take(reader);
    args.push(readArgument(reader, depth));
  }
  const closing = take(reader);
  if (closing.kind === "end") throw unclosed(opening);
  if (closing.kind !== ")") throw unexpected(closing);
  return { kind: "call", name, args, start, end: closing.end };
}

function readArgument(reader: Reader, depth: number): ExpressionNode | undefined {
  const { kind } = peek(reader);
  return kind === "," || kind === ")" || kind === "end" ? undefined : readExpression(reader, depth + 1);
}

function unclosed({ start }: Token): ExpressionError {
  return new ExpressionError("syntax", "The bracket that opens here is not closed.", {
    position: start,
    hint: "End the arguments with ).",
  });
}

const HINT_BY_WORD: ReadonlyMap<string, string> = new Map([
  ["and", "There is no AND: nest IIF along its second argument."],
  ["or", "There is no OR: nest IIF along its third argument."],
]);

const HINT_BY_KIND: Partial<Record<TokenKind, string>> = {
  operator: "Two values are compared at a time; nest IIF to compare more.",
  "(": "Brackets stand only behind the name of a function.",
};

function unexpected({ kind, text, start }: Token): ExpressionError {
  const message = kind === "end" ? "The expression ends too early." : "Something else was expected here.";
  const hint = kind === "word" ? HINT_BY_WORD.get(text.toLowerCase()) : HINT_BY_KIND[kind];
  return new ExpressionError("syntax", message, { position: start, hint });
}
