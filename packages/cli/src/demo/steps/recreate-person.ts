import type { Step } from "../step.ts";
import { verifyEqual } from "../verify.ts";
import { kept } from "./deactivate.ts";

/** Pushed again, a person gets the retained profile back. */
export const recreatePerson: Step = {
  title: "Entra creates the deleted person again",
  run: async ({ acme, docs, api, entra, cast: { rehired } }) => {
    const before = await api.account(acme.id, rehired.userName);
    const { id } = await entra.provisionPerson(rehired);
    const after = await api.account(acme.id, rehired.userName);
    verifyEqual("status", after.status, "active");
    verifyEqual("account", kept(after), kept(before));
    verifyEqual("account at the child", (await api.account(docs.id, rehired.userName)).id, before.id);
    verifyEqual("SCIM resource", (await entra.readPerson(id)).userName, rehired.userName);
    return `linked to the same account ${before.id}`;
  },
};
