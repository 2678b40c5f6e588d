/**
 * A test of one attribute, as the filters of SCIM would make it: text is compared as its `caseExact` says, one value of
 * several is enough.
 *
 * @module
 */
import { compileFilter, type FilterCandidate, isScimError, parseFilter, type ResourceType } from "@muster/scim-core";
import type { AttributeTest } from "../ports/index.ts";
import { type ReadAttribute, readAttribute } from "./attribute-path.ts";
import { type Question, unaskable } from "./question.ts";

type Matches = (resource: FilterCandidate) => boolean;

export function attributeQuestion(test: AttributeTest, type: ResourceType): Question {
  const attribute = readAttribute(test.path, type);
  if (attribute.problem !== undefined) return unaskable(attribute.problem);
  try {
    return question(compileTest(test, type), attribute);
  } catch (error) {
    if (isScimError(error)) return unaskable(error.message);
    throw error;
  }
}

function question(matches: Matches, { read }: ReadAttribute): Question {
  return { ask: ({ resource }) => ({ matched: matches(resource), seen: read(resource) }) };
}

/** The path is known to be one: it cannot carry anything else into the filter. */
function compileTest(test: AttributeTest, type: ResourceType): Matches {
  const filter = (comparison: string): Matches => compileFilter(parseFilter(`${test.path} ${comparison}`, type), type);
  const compare = (operator: string, value: unknown): Matches => filter(`${operator} ${JSON.stringify(value)}`);
  if ("equals" in test) return compare("eq", test.equals);
  if ("notEquals" in test) return compare("ne", test.notEquals);
  if ("contains" in test) return compare("co", test.contains);
  if ("startsWith" in test) return compare("sw", test.startsWith);
  if ("endsWith" in test) return compare("ew", test.endsWith);
  if ("in" in test) {
    const tests = test.in.map((value) => compare("eq", value));
    return (resource) => tests.some((matches) => matches(resource));
  }
  const isPresent = filter("pr");
  return (resource) => isPresent(resource) === test.present;
}
