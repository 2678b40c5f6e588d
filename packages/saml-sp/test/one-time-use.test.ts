import { describe, expect, it } from "vitest";
import { validateResponse } from "../src/response.ts";
import { minutes, SP } from "./vectors/response-builder.ts";
import { connection, fieldOf, OUTSTANDING, outcomeOf } from "./vectors/run-vector.ts";
import { type Flow, openWorkshop, type Workshop } from "./vectors/vector.ts";

const FLOWS: readonly Flow[] = ["sp-initiated", "idp-initiated"];

function workshop(flow: Flow): Workshop {
  return openWorkshop({ base: "AS", flow, signer: "own" });
}

describe("one-time use", () => {
  it.each(FLOWS)("P27, P28: the same response works once (%s)", async (flow) => {
    const world = connection(flow);
    expect(await outcomeOf(workshop(flow).signed(), world)).toHaveProperty("claims");
    const again = flow === "sp-initiated" ? "request_unknown" : "assertion_replayed";
    expect(await outcomeOf(workshop(flow).signed(), world)).toHaveProperty("error.code", again);
  });

  it("P27: the same assertion is refused, though it answers another outstanding request", async () => {
    const world = connection("sp-initiated");
    const { signed } = workshop("sp-initiated");
    await outcomeOf(signed(), world);
    await world.requestStore.put({ ...OUTSTANDING, id: "_second" }, new Date());
    const second = signed({ inResponseTo: "_second", responseInResponseTo: "_second" });
    expect(await outcomeOf(second, world)).toHaveProperty("error.code", "assertion_replayed");
  });

  it.each(FLOWS)("P29: of two concurrent posts exactly one wins (%s)", async (flow) => {
    const world = connection(flow);
    const field = fieldOf(workshop(flow).signed());
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => validateResponse(field, world)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("R16: a forged response uses up neither the request nor the assertion", async () => {
    const world = connection("sp-initiated");
    const { signed } = workshop("sp-initiated");
    await outcomeOf(signed().replace("alice@", "admin@"), world);
    expect(world.storeCalls()).toBe(0);
    expect(await outcomeOf(signed(), world)).toHaveProperty("claims");
  });

  it("R16: a genuine response that fails a check leaves the request to a second attempt", async () => {
    const world = connection("sp-initiated");
    const { signed } = workshop("sp-initiated");
    const late = signed({ notOnOrAfter: minutes(-2) });
    expect(await outcomeOf(late, world)).toHaveProperty("error.code", "conditions_expired");
    expect(await outcomeOf(signed(), world)).toHaveProperty("claims");
  });

  it("R16: hands out the request that was answered, and none when nobody asked", async () => {
    const [solicited, unsolicited] = await Promise.all(
      FLOWS.map((flow) => validateResponse(fieldOf(workshop(flow).signed()), connection(flow))),
    );
    expect(solicited?.request).toEqual(OUTSTANDING);
    expect(unsolicited?.request).toBeUndefined();
  });

  it("R16: remembers an assertion for as long as it could be accepted, under a key of this connection", async () => {
    const remembered: { key: string; expiresAt: Date }[] = [];
    const replayStore = {
      putIfAbsent: async (key: string, expiresAt: Date) => {
        remembered.push({ key, expiresAt });
        return true;
      },
    };
    const { signed } = workshop("idp-initiated");
    const another = { ...SP, entityId: "https://app.example/saml/c2" };
    await outcomeOf(signed(), connection("idp-initiated", { replayStore }));
    // The callback as audience makes the one assertion good for both, which the key must tell apart.
    const audienceXml = `<saml:AudienceRestriction><saml:Audience>${SP.acsUrl}</saml:Audience></saml:AudienceRestriction>`;
    await outcomeOf(signed({ audienceXml }), connection("idp-initiated", { replayStore, serviceProvider: another }));
    await outcomeOf(signed({ confirmationNotOnOrAfter: minutes(30) }), connection("idp-initiated", { replayStore }));
    const [first, second, third] = remembered;
    expect(first?.key).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.key).not.toBe(first?.key);
    expect(third?.key).toBe(first?.key);
    // A minute for the identity provider's clock, and five for what the store is asked later, on another machine.
    expect(first?.expiresAt.toISOString()).toBe(minutes(5 + 1 + 5));
    expect(third?.expiresAt.toISOString()).toBe(minutes(30 + 1 + 5));
  });
});
