/**
 * What a case needs of a service. An ability that is lacking is named with where the service says so; nothing else lets
 * a case be skipped.
 *
 * @module
 */
import { ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from "../../urn.ts";
import { isJsonObject } from "../json.ts";
import {
  attributesOf,
  extensionAttribute,
  isSupported,
  named,
  type Service,
  sameText,
  subAttributesOf,
} from "./service.ts";

/** Why the service is not able, or undefined when it is. */
export type Ability = (service: Service) => string | undefined;

export const PATCH: Ability = supported("patch");
export const FILTER: Ability = supported("filter");
export const SORT: Ability = supported("sort");
export const ETAG: Ability = supported("etag");
export const BULK: Ability = supported("bulk");

/** RFC 9865 §4. */
export const CURSOR: Ability = ({ config: { pagination } }) =>
  isJsonObject(pagination) && pagination.cursor === true
    ? undefined
    : "ServiceProviderConfig does not advertise pagination.cursor.";

export const PAGINATION: Ability = advertised("pagination");

/** RFC 9967 §4. */
export const SECURITY_EVENTS: Ability = advertised("securityEvents");

export const GROUPS: Ability = ({ resourceTypes }) =>
  resourceTypes === undefined || resourceTypes.some(({ schema }) => sameText(schema, GROUP_URN))
    ? undefined
    : "ResourceTypes does not list Group.";

export const ENTERPRISE: Ability = (service) =>
  service.schemas === undefined || attributesOf(service, ENTERPRISE_USER_URN) !== undefined
    ? undefined
    : "Schemas does not list the enterprise extension.";

export const EXTENSION_BOOLEAN: Ability = inExtension("boolean");
export const EXTENSION_INTEGER: Ability = inExtension("integer");

export const DIALECTS: Ability = ({ features }) =>
  features.dialects === false ? "The host declares that it takes only what the RFCs describe." : undefined;

export const OTHER_TENANT: Ability = ({ features }) =>
  features.otherTenant === undefined ? "The host names no second tenant." : undefined;

/** @param path such as `emails` or `name.familyName`, of the core schema of User */
export function userAttribute(path: string): Ability {
  const [name = "", subName] = path.split(".");
  return (service) => {
    const attributes = attributesOf(service, USER_URN);
    if (attributes === undefined) return undefined;
    const attribute = named(attributes, name);
    const found =
      subName === undefined || attribute === undefined ? attribute : named(subAttributesOf(attribute), subName);
    return found === undefined ? `The schema of User does not list ${path}.` : undefined;
  };
}

/** What a person may be without. A host may require more than the RFC does. */
export function optionalAttribute(name: string): Ability {
  return (service) =>
    named(attributesOf(service, USER_URN) ?? [], name)?.required === true
      ? `The schema of User requires ${name}.`
      : undefined;
}

function supported(name: string): Ability {
  return (service) =>
    isSupported(service, name) ? undefined : `ServiceProviderConfig does not advertise ${name}.supported.`;
}

function advertised(name: string): Ability {
  return ({ config }) => (isJsonObject(config[name]) ? undefined : `ServiceProviderConfig does not speak of ${name}.`);
}

function inExtension(type: string): Ability {
  return (service) =>
    extensionAttribute(service, type) === undefined
      ? `No extension of User with a writable ${type} is advertised.`
      : undefined;
}
