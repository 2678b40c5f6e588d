/**
 * Filters of every form, simple ones most often, as identity providers send them. Where the grammar leaves room, they
 * keep to what every parser reads in the same way: letter case as stored, `ne` on attributes that everybody has.
 *
 * @module
 */
import { ENTERPRISE_USER_URN } from "@muster/scim-core";

export const FILTERS: readonly string[] = [
  'userName eq "person-17@acme.example"',
  'userName eq "nobody@acme.example"',
  'externalId eq "external-42"',
  'displayName eq "Mira Okafor"',
  "active eq true",
  "active eq false",
  "title pr",
  "nickName pr",
  'title ne "Editor"',
  'displayName co "Moreau"',
  'userName sw "person-1"',
  'userName ew "9@acme.example"',
  'title gt "F"',
  'title le "Editor"',
  'name.familyName eq "Tanaka"',
  'name.givenName sw "S"',
  'emails.value eq "person-3@home.example"',
  'emails.type eq "work"',
  "emails[primary eq true]",
  'emails[type eq "work"]',
  'emails[type eq "work" and value co "person-2"]',
  'emails[type eq "home" and not (value sw "person-1")]',
  'phoneNumbers[type eq "work" and value ew "7"]',
  `${ENTERPRISE_USER_URN}:department eq "Docs"`,
  `${ENTERPRISE_USER_URN}:employeeNumber sw "1001"`,
  'title eq "Editor" and active eq true',
  'title eq "Editor" or title eq "Writer"',
  'title eq "Editor" and (active eq false or name.familyName eq "Alvarez")',
  'not (active eq true) and displayName co "a"',
  `active eq true and emails[type eq "work" and value ew "acme.example"] and ${ENTERPRISE_USER_URN}:department ne "Support"`,
];
