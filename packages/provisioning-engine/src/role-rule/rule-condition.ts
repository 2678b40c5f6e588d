/**
 * Conditions of rules, made ready to be asked: once for each condition, since the same ones are asked of everybody.
 *
 * @module
 */
import type { ResourceType } from "@muster/scim-core";
import type { RuleCondition } from "../ports/index.ts";
import { attributeQuestion } from "./attribute-test.ts";
import { expressionQuestion } from "./expression-test.ts";
import { groupQuestion } from "./group-test.ts";
import type { Question } from "./question.ts";

export type Questions = (condition: RuleCondition) => Question;

/** More are made anew when they are needed. */
const MOST_KEPT = 5000;

/**
 * Keeps questions by what they ask and by nothing else: so one of rules that were never saved is right for those that
 * were.
 *
 * @param type User, with the host's extensions
 */
export function createQuestions(type: ResourceType): Questions {
  const kept = new Map<string, Question>();
  return (condition) => {
    const key = JSON.stringify(condition);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const question = questionOf(condition, type);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, question);
    return question;
  };
}

function questionOf(condition: RuleCondition, type: ResourceType): Question {
  if ("attribute" in condition) return attributeQuestion(condition.attribute, type);
  if ("group" in condition) return groupQuestion(condition.group);
  return expressionQuestion(condition.expression, type);
}
