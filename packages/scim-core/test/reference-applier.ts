/**
 * A second, naive opinion of what PATCH means for a few attributes of User, written from RFC 7644 §3.5.2 without any
 * of the code under test.
 *
 * @module
 */

export interface Email {
  readonly value?: string;
  readonly type?: string;
  readonly primary?: boolean;
}

export interface Person {
  readonly userName?: string;
  readonly title?: string;
  readonly name?: { readonly givenName?: string; readonly familyName?: string };
  readonly emails?: readonly Email[];
}

export type Step =
  | {
      readonly kind: "text";
      readonly op: "add" | "replace";
      readonly name: "userName" | "title";
      readonly value: string;
    }
  | { readonly kind: "clear"; readonly name: "title" | "name" | "emails" }
  | {
      readonly kind: "name";
      readonly op: "add" | "replace";
      readonly part: "givenName" | "familyName";
      readonly value: string;
    }
  | { readonly kind: "unname"; readonly part: "givenName" | "familyName" }
  | { readonly kind: "emails"; readonly op: "add" | "replace"; readonly emails: readonly Email[] }
  | { readonly kind: "address"; readonly op: "add" | "replace"; readonly type: string; readonly value: string }
  | { readonly kind: "drop"; readonly type: string };

/** The operation as a client sends it. */
export function toOperation(step: Step): object {
  switch (step.kind) {
    case "text":
      return { op: step.op, path: step.name, value: step.value };
    case "clear":
      return { op: "remove", path: step.name };
    case "name":
      return { op: step.op, value: { name: { [step.part]: step.value } } };
    case "unname":
      return { op: "remove", path: `name.${step.part}` };
    case "emails":
      return { op: step.op, path: "emails", value: step.emails };
    case "address":
      return { op: step.op, path: `emails[type eq "${step.type}"].value`, value: step.value };
    case "drop":
      return { op: "remove", path: `emails[type eq "${step.type}"]` };
  }
}

/** The person after the steps, or the code of the refusal. */
export function applySteps(person: Person, steps: readonly Step[]): Person | "noTarget" {
  let current = person;
  for (const step of steps) {
    const next = applyStep(current, step);
    if (next === "noTarget") return next;
    current = tidy(next);
  }
  return current;
}

function applyStep(person: Person, step: Step): Person | "noTarget" {
  const emails = person.emails ?? [];
  switch (step.kind) {
    case "text":
      return { ...person, [step.name]: step.value };
    case "clear":
      return Object.fromEntries(Object.entries(person).filter(([name]) => name !== step.name));
    case "name":
      return { ...person, name: { ...person.name, [step.part]: step.value } };
    case "unname":
      return {
        ...person,
        name: Object.fromEntries(Object.entries(person.name ?? {}).filter(([part]) => part !== step.part)),
      };
    case "emails":
      return { ...person, emails: step.op === "replace" ? step.emails : step.emails.reduce(addEmail, emails) };
    case "address": {
      const found = emails.some(({ type }) => type === step.type);
      if (found)
        return {
          ...person,
          emails: emails.map((email) => (email.type === step.type ? { ...email, value: step.value } : email)),
        };
      return step.op === "add"
        ? { ...person, emails: [...emails, { type: step.type, value: step.value }] }
        : "noTarget";
    }
    case "drop":
      return { ...person, emails: emails.filter(({ type }) => type !== step.type) };
  }
}

function addEmail(emails: readonly Email[], added: Email): readonly Email[] {
  const at = emails.findIndex(({ value, type }) => value === added.value && type === added.type);
  const merged =
    at === -1 ? [...emails, added] : emails.map((email, place) => (place === at ? { ...email, ...added } : email));
  if (added.primary !== true) return merged;
  const chosen = at === -1 ? merged.length - 1 : at;
  return merged.map((email, place) =>
    place !== chosen && email.primary === true ? { ...email, primary: false } : email,
  );
}

function tidy(person: Person): Person {
  const empty = (value: unknown): boolean =>
    typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(person).filter(([, value]) => !empty(value)));
}
