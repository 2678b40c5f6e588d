/**
 * Who is a user and who is a reader (R10 to R25).
 *
 * Silence never demotes: Entra leaves an attribute out when its mapping yields null, for example after an unrelated
 * change, so that what is missing says nothing about somebody who is known already (I12).
 *
 * @module
 */
import type { ResourceType, Schema, Urn } from "@muster/scim-core";
import type { Classify } from "../context.ts";
import type { AccountKind, ConnectionSettings } from "../ports/index.ts";

const TEAM_ACCOUNT = "isTeamAccount";

/**
 * The rule that hosts get without one of their own: `isTeamAccount` of any registered extension that has a Boolean of
 * that name.
 *
 * @param userType with the host's extensions
 */
export function teamAccountClassifier(userType: ResourceType): Classify {
  const urns = userType.extensions.map(({ schema }) => schema).filter(hasTeamAccount);
  return ({ attributes }) => {
    for (const { id } of urns) {
      const isTeamAccount = flagOf(attributes, id);
      if (isTeamAccount !== undefined) return isTeamAccount ? "user" : "reader";
    }
    return undefined;
  };
}

function hasTeamAccount({ attributes }: Schema): boolean {
  return attributes.some(({ name, type, multiValued }) => name === TEAM_ACCOUNT && type === "boolean" && !multiValued);
}

function flagOf(attributes: object, urn: Urn): boolean | undefined {
  const extension = ownValue(attributes, urn);
  const flag = typeof extension === "object" && extension !== null ? ownValue(extension, TEAM_ACCOUNT) : undefined;
  return typeof flag === "boolean" ? flag : undefined;
}

function ownValue(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** What is known when a kind is decided. */
export interface KindFacts {
  /** The kind so far; undefined for a new account. */
  readonly current: AccountKind | undefined;
  /** What the directory says now; undefined when it says nothing. */
  readonly said: AccountKind | undefined;
  /** What it said before. */
  readonly saidBefore: AccountKind | undefined;
  /** What the first matching rule about kinds gives. */
  readonly ruled: AccountKind | undefined;
}

/**
 * The directory's own word, else that of the first matching rule, else as it was.
 *
 * @param facts about one person
 * @param settings what silence means once the directory had said something (R21)
 */
export function decideKind(
  { current, said, saidBefore, ruled }: KindFacts,
  { onNullKind }: Pick<ConnectionSettings, "onNullKind">,
): AccountKind {
  if (said !== undefined) return said;
  if (ruled !== undefined) return ruled;
  if (current === undefined) return "reader";
  return saidBefore !== undefined && onNullKind === "reader" ? "reader" : current;
}
