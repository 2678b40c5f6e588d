/**
 * The identity provider's side of the world: a small directory of people and groups, before any of it is pushed.
 *
 * @module
 */

/** A person as the identity provider knows them. */
export interface DirectoryPerson {
  /** The directory's own immutable id. */
  readonly externalId: string;
  readonly userName: string;
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly title?: string;
  readonly department?: string;
  readonly active: boolean;
  /** True makes a user, false a reader; absent leaves the decision to the service. */
  readonly isTeamAccount?: boolean;
}

/** What an administrator may change about a person in the directory. */
export type PersonChange = Partial<Omit<DirectoryPerson, "externalId">>;

/** A group of the directory; members are pushed after the group itself. */
export interface DirectoryGroup {
  readonly externalId: string;
  readonly displayName: string;
}

/** Schema URNs that the dialects write. */
export const CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE_USER = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/** The extension whose `isTeamAccount` tells users from readers. */
export const TEAM_ACCOUNT_USER = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
