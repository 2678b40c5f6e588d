import type { Step } from "../step.ts";
import { verifyEqual } from "../verify.ts";

/** What the directory owns is locked here. */
export const refuseLocalEdit: Step = {
  title: "A local rename and a local delete are refused",
  run: async ({ acme, api, cast: { member } }) => {
    const { id, name, lockedFields } = await api.account(acme.id, member.userName);
    const path = `/tenants/${acme.id}/accounts/${id}`;
    const refused = { status: 409, code: "managed_by_idp" };
    verifyEqual("local rename", await api.patch(path, { name: "Somebody Else" }), refused);
    verifyEqual("local delete", await api.delete(path), refused);
    verifyEqual("name afterwards", (await api.account(acme.id, member.userName)).name, name);
    return `409 managed_by_idp; locked: ${lockedFields.join(", ")}`;
  },
};
