import { describe, expect, it } from "vitest";
import type { SamlConnection } from "../../src/http/index.ts";
import type { EndedSessions, SamlSession } from "../../src/logout-request.ts";
import type { OutgoingMessage } from "../../src/outgoing-message.ts";
import { readRedirectQuery } from "../../src/redirect-query.ts";
import type { OutstandingLogout } from "../../src/request-store.ts";
import { TEST_KEY_PAIRS, type TestLogoutRequestOptions } from "../../src/testing/index.ts";
import { createWorld, refusalOf, type World } from "./world.ts";

const serviceProvider = {
  entityId: "https://app.example/saml/c1",
  acsUrl: "https://app.example/saml/c1/acs",
  sloUrl: "https://app.example/saml/c1/slo",
  signingKeys: [TEST_KEY_PAIRS.serviceProvider],
};

const ADA: SamlSession = {
  nameId: { value: "ada@acme.example", format: undefined, nameQualifier: undefined, spNameQualifier: undefined },
  sessionIndex: "s1",
};

interface LogoutWorld extends World {
  readonly ended: EndedSessions[];
  readonly outstanding: Map<string, OutstandingLogout>;
}

/** A host where Ada is signed in. */
function logoutWorld(overrides: Partial<SamlConnection> = {}, session: SamlSession | undefined = ADA): LogoutWorld {
  const ended: EndedSessions[] = [];
  const outstanding = new Map<string, OutstandingLogout>();
  const headers = new Headers([["set-cookie", "session=; Max-Age=0"]]);
  const world = createWorld({
    serviceProvider,
    logout: {
      requestStore: {
        put: async (request) => void outstanding.set(request.id, request),
        take: async (id) => {
          const request = outstanding.get(id);
          outstanding.delete(id);
          return request;
        },
      },
      signOut: async () => ({ session, headers }),
      endSessions: async (sessions) => {
        ended.push(sessions);
        return headers;
      },
      defaultReturnPath: "/bye",
    },
    ...overrides,
  });
  return Object.assign(world, { ended, outstanding });
}

type Message = OutgoingMessage<"SAMLRequest"> | OutgoingMessage<"SAMLResponse">;

function deliver(world: World, message: Message): Promise<Response> {
  if (message.binding === "post") return world.post("/saml/c1/slo", new URLSearchParams(message.fields));
  return world.get(message.url, { accept: "application/json" });
}

/** What the browser carries to the provider by redirect. */
function carried(response: Response) {
  const location = new URL(response.headers.get("location") ?? "");
  const message = readRedirectQuery(location.search.slice(1));
  return { address: location.origin + location.pathname, message, xml: message.open() };
}

describe("GET sign-out", () => {
  it("R18: ends the session here first, and tells the identity provider, signed", async () => {
    const world = logoutWorld();
    const response = await world.get("/saml/c1/sign-out?returnTo=/docs");
    expect(response.status).toBe(302);
    expect(response.headers.get("set-cookie")).toBe("session=; Max-Age=0");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { address, message, xml } = carried(response);
    expect(address).toBe("https://idp.example/slo");
    expect(message.signature).toBeDefined();
    expect(xml).toContain(">ada@acme.example</saml:NameID><samlp:SessionIndex>s1<");
    expect([...world.outstanding.values()]).toEqual([{ id: expect.stringMatching(/^id-/), returnTo: "/docs" }]);
  });

  it("R18: posts to a provider that takes only forms", async () => {
    const world = logoutWorld();
    const idp = { ...world.idp.settings, sloBinding: "post" } as const;
    const response = await logoutWorld({ identityProvider: idp }).get("/saml/c1/sign-out");
    expect(response.status).toBe(200);
    expect(response.headers.get("set-cookie")).toBe("session=; Max-Age=0");
    expect(await response.text()).toContain('name="SAMLRequest"');
  });

  it("signs out here alone when nobody is signed in, or the provider has no single logout", async () => {
    const { sloUrl: _, ...without } = createWorld().idp.settings;
    const worlds = [
      logoutWorld({ logout: { ...logoutOf(logoutWorld()), signOut: async () => ({ session: undefined }) } }),
      logoutWorld({ identityProvider: without }),
      logoutWorld({ identityProvider: undefined }),
    ];
    for (const world of worlds) {
      const response = await world.get("/saml/c1/sign-out");
      expect(response.status).toBe(303);
      expect(response.headers.get("location")).toBe("/bye");
      expect(world.outstanding.size).toBe(0);
    }
  });

  it("R19: returns nowhere else", async () => {
    const response = await logoutWorld().get("/saml/c1/sign-out?returnTo=//evil.example", {
      accept: "application/json",
    });
    expect((await refusalOf(response)).code).toBe("return_path_invalid");
  });

  it("N7: answers 409 where no logout is set up", async () => {
    for (const path of ["/saml/c2/sign-out", "/saml/c1/slo?SAMLRequest=x"]) {
      const response = await createWorld().get(path, { accept: "application/json" });
      expect(response.status).toBe(409);
    }
  });
});

function logoutOf(world: World): NonNullable<SamlConnection["logout"]> {
  const { logout } = world.connections.get("c1") ?? {};
  if (logout === undefined) throw new TypeError("expected logout");
  return logout;
}

describe("slo: the answer of the identity provider", () => {
  async function answer(
    world: LogoutWorld,
    statusCodes?: readonly string[],
    binding: "redirect" | "post" = "redirect",
  ) {
    const response = await world.get("/saml/c1/sign-out?returnTo=/docs");
    const logoutRequestUrl = response.headers.get("location") ?? "";
    const options = { serviceProvider, logoutRequestUrl, binding, ...(statusCodes && { statusCodes }) };
    return world.idp.logoutResponse(options);
  }

  it.each(["redirect", "post"] as const)("R18: goes where the sign-out came from, by %s, once", async (binding) => {
    const world = logoutWorld();
    const message = await answer(world, undefined, binding);
    const response = await deliver(world, message);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/docs");
    expect((await refusalOf(await deliver(world, message))).code).toBe("logout_request_unknown");
  });

  it.each([
    [["urn:oasis:names:tc:SAML:2.0:status:Success", "urn:oasis:names:tc:SAML:2.0:status:PartialLogout"], "every other"],
    [["urn:oasis:names:tc:SAML:2.0:status:Responder"], "not at the identity provider"],
  ])("R18: says so when it did not go all the way: %j", async (statusCodes, text) => {
    const world = logoutWorld();
    const response = await deliver(world, await answer(world, statusCodes));
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toContain(text);
    expect(html).toContain('href="/docs"');
  });
});

describe("slo: the identity provider ends sessions", () => {
  const ask = (world: World, options: Partial<TestLogoutRequestOptions> = {}) =>
    world.idp.logoutRequest({ serviceProvider, nameId: "ada@acme.example", relayState: "theirs", ...options });

  it.each(["redirect", "post"] as const)("R18: ends them and answers, by %s", async (binding) => {
    const world = logoutWorld();
    const response = await deliver(world, ask(world, { binding, id: "_r1", sessionIndexes: ["s1", "s2"] }));
    expect(response.status).toBe(302);
    expect(world.ended).toEqual([
      { nameId: expect.objectContaining({ value: "ada@acme.example" }), sessionIndexes: ["s1", "s2"] },
    ]);
    expect(response.headers.get("set-cookie")).toBe("session=; Max-Age=0");
    const { message, xml } = carried(response);
    expect(message).toMatchObject({ name: "SAMLResponse", relayState: "theirs" });
    expect(message.signature).toBeDefined();
    expect(xml).toContain('InResponseTo="_r1"');
    expect(xml).toContain("status:Success");
  });

  it("R18: tells the identity provider when sessions could not be ended", async () => {
    const failing = {
      ...logoutOf(logoutWorld()),
      endSessions: async () => {
        throw new Error("the store is away");
      },
    };
    const world = logoutWorld({ logout: failing });
    const { xml } = carried(await deliver(world, ask(world)));
    expect(xml).toContain("status:Responder");
    expect(world.faults).toEqual([expect.objectContaining({ message: "the store is away" })]);
  });

  it.each(["unsigned", "other-key", "sha1", "wrapped", "expired", "wrong-issuer", "wrong-destination"] as const)(
    "R18: ends nothing for a request that is %s",
    async (variant) => {
      for (const binding of ["redirect", "post"] as const) {
        const world = logoutWorld();
        const response = await deliver(world, ask(world, { binding, variant }));
        expect(response.status).toBe(403);
        expect(world.ended).toEqual([]);
        expect(world.refusals).toHaveLength(1);
      }
    },
  );

  it("R16: ends nothing for a request that comes again", async () => {
    const world = logoutWorld();
    const message = ask(world);
    await deliver(world, message);
    expect((await refusalOf(await deliver(world, message))).code).toBe("logout_replayed");
    expect(world.ended).toHaveLength(1);
  });

  it("R18: sends a RelayState back as it came, also one that is longer than it should be", async () => {
    const world = logoutWorld();
    const relayState = "r".repeat(300);
    for (const binding of ["redirect", "post"] as const) {
      expect(carried(await deliver(world, ask(world, { binding, relayState }))).message.relayState).toBe(relayState);
    }
    const endless = await deliver(world, ask(world, { binding: "post", relayState: "r".repeat(2049) }));
    expect([(await refusalOf(endless)).code, world.ended.length]).toEqual(["form_invalid", 2]);
  });

  it("R18: takes one message, not two and not none", async () => {
    const world = logoutWorld();
    const post = async (form: string) => (await refusalOf(await world.post("/saml/c1/slo", form, FORM))).code;
    expect(await post("SAMLRequest=x&SAMLResponse=x")).toBe("form_invalid");
    expect(await post("RelayState=x")).toBe("form_invalid");
    expect(await post("SAMLRequest=x&SAMLRequest=x")).toBe("form_invalid");
  });

  it("405 to another method, with what is allowed", async () => {
    const response = await logoutWorld().send("DELETE")("/saml/c1/slo");
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, POST");
  });
});

const FORM = { "content-type": "application/x-www-form-urlencoded" };

describe("GET metadata", () => {
  it("R18: publishes where logout messages go, if there is such a place", async () => {
    const xml = await (await logoutWorld().get("/saml/c1/metadata")).text();
    const services = xml.match(/<md:SingleLogoutService [^>]+>/g) ?? [];
    expect(services).toHaveLength(2);
    for (const service of services) expect(service).toContain('Location="https://app.example/saml/c1/slo"');
    expect(xml.indexOf("SingleLogoutService")).toBeLessThan(xml.indexOf("AssertionConsumerService"));
    expect(await (await createWorld().get("/saml/c2/metadata")).text()).not.toContain("SingleLogoutService");
  });
});
