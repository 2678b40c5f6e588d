/**
 * `/Users` on the store.
 *
 * @module
 */
import { type ResourceType, replaceAttributes } from "@muster/scim-core";
import type { DirectoryUserRecord } from "../ports/index.ts";
import { userSubject } from "../sync/sync-subject.ts";
import type { Endpoint } from "./endpoint.ts";
import { pushEqualities } from "./search-plan.ts";
import { userResource, userResourceWithGroups } from "./user-resource.ts";
import { createUser, deleteUser, updateUser } from "./users.ts";

export function userEndpoint(type: ResourceType): Endpoint<DirectoryUserRecord> {
  return {
    subjects: { type: "User", of: userSubject },
    type,
    derived: "groups",
    pushDown: (filter) => pushEqualities(filter, ["id", "externalId", "userName", "emails"]),
    get: (tx, connectionId, id) => tx.users.get(connectionId, id),
    find: (tx, query) => tx.users.find(query),
    count: (tx, connectionId, lookups) => tx.users.count(connectionId, lookups),
    render: userResource,
    renderWhole: userResourceWithGroups,
    create: createUser,
    replace: (push, id, attributes, precondition) =>
      updateUser(push, id, precondition, (current) => replaceAttributes(current, attributes, type)),
    patch: (push, id, patch, precondition) => updateUser(push, id, precondition, (current) => patch.apply(current)),
    delete: deleteUser,
  };
}
