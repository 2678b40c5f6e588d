import type { Step } from "../step.ts";
import { verifyEqual } from "../verify.ts";

/** The admin's work: SAML metadata here, SCIM address and token there. */
export const connect: Step = {
  title: "The admin connects Entra: SAML metadata, SCIM test",
  run: async ({ acme, docs, api, idp, entra }) => {
    await api.connect(acme.id, idp.metadata());
    await entra.probe();
    for (const { id } of [acme, docs]) {
      const { connection } = await api.tenant(id);
      verifyEqual(`identity provider of ${id}`, connection.idp?.entityId, idp.entityId);
    }
    return "configured at the parent, in force at its children";
  },
};
