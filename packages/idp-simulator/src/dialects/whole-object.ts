/**
 * What the dialects share that update a person with PUT: the resource as the service shows it, with the new values.
 *
 * @module
 */
import {
  CORE_USER,
  type DirectoryPerson,
  ENTERPRISE_USER,
  type PersonChange,
  TEAM_ACCOUNT_USER,
} from "../directory.ts";
import type { JsonObject } from "../scim-transport.ts";

/** A person as a standard SCIM resource, with real booleans and every schema listed. */
export function standardPerson(person: DirectoryPerson): JsonObject {
  return {
    ...changedAttributes(person, {}),
    externalId: person.externalId,
    schemas: [CORE_USER, ENTERPRISE_USER, TEAM_ACCOUNT_USER],
  };
}

/** `current` with a change applied; nothing that the service returned is dropped. */
export function replacedPerson(current: JsonObject, change: PersonChange): JsonObject {
  return { ...current, ...changedAttributes(change, current) };
}

function changedAttributes(change: PersonChange, current: JsonObject): JsonObject {
  const { userName, displayName, title, active, email, givenName, familyName, department, isTeamAccount } = change;
  return {
    ...given({ userName, displayName, title, active }),
    ...(email === undefined ? {} : { emails: [{ primary: true, type: "work", value: email }] }),
    ...complex("name", current, { givenName, familyName }),
    ...complex(ENTERPRISE_USER, current, { department }),
    ...complex(TEAM_ACCOUNT_USER, current, { isTeamAccount }),
  };
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function complex(name: string, current: JsonObject, values: Values): JsonObject {
  const changes = given(values);
  return Object.keys(changes).length === 0
    ? {}
    : { [name]: { ...(current[name] as JsonObject | undefined), ...changes } };
}

function given(values: Values): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as JsonObject;
}
