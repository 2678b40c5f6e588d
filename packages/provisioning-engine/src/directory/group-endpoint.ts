/**
 * `/Groups` on the store.
 *
 * @module
 */
import { type ResourceType, replaceAttributes } from "@muster/scim-core";
import type { DirectoryGroupRecord } from "../ports/index.ts";
import { groupSubject } from "../sync/sync-subject.ts";
import type { Endpoint } from "./endpoint.ts";
import {
  groupResource,
  groupResourceWithFewMembers,
  groupResourceWithMembers,
  splitMembers,
} from "./group-resource.ts";
import { changeGroup, createGroup, removeGroup } from "./groups.ts";
import { pushEqualities } from "./search-plan.ts";

export function groupEndpoint(type: ResourceType): Endpoint<DirectoryGroupRecord> {
  return {
    subjects: { type: "Group", of: groupSubject },
    type,
    derived: "members",
    pushDown: (filter) => pushEqualities(filter, ["id", "externalId", "displayName"]),
    get: (tx, connectionId, id) => tx.groups.get(connectionId, id),
    find: (tx, query) => tx.groups.find(query),
    count: (tx, connectionId, lookups) => tx.groups.count(connectionId, lookups),
    render: groupResource,
    renderWhole: groupResourceWithMembers,
    create: createGroup,
    replace: (push, id, sent, precondition) => {
      const { attributes, members } = splitMembers(sent);
      return changeGroup(push, id, precondition, {
        attributes: (current) => replaceAttributes(current, attributes, type),
        membership: [{ kind: "replace", ids: members }],
      });
    },
    patch: (push, id, patch, precondition) => {
      const { membership } = patch;
      return changeGroup(push, id, precondition, { attributes: (current) => patch.apply(current), membership });
    },
    renderPatched: groupResourceWithFewMembers,
    delete: removeGroup,
  };
}
