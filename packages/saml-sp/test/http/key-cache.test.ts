import { beforeEach, describe, expect, it, vi } from "vitest";
import { readSigningKey } from "../../src/certificate.ts";
import { readKeyPair } from "../../src/key-pair.ts";
import { TEST_KEY_PAIRS } from "../../src/testing/index.ts";
import { createWorld, type World } from "./world.ts";

vi.mock("../../src/certificate.ts", { spy: true });
vi.mock("../../src/key-pair.ts", { spy: true });

const parsed = () => vi.mocked(readSigningKey).mock.calls.length + vi.mocked(readKeyPair).mock.calls.length;

/** An encrypted sign-in, and a logout by the identity provider: every key of the connection is in use. */
async function useEveryKey(world: World): Promise<void> {
  const authnRequestUrl = await world.ask();
  expect((await world.deliver(world.respond({ authnRequestUrl, encrypt: {} }))).status).toBe(303);
  const { serviceProvider } = connectionOf(world);
  const message = world.idp.logoutRequest({ serviceProvider, nameId: "ada@acme.example" });
  if (message.binding !== "redirect") throw new TypeError("expected a redirect");
  expect((await world.get(message.url)).status).toBe(302);
}

function connectionOf(world: World) {
  const connection = world.connections.get("c1");
  if (connection === undefined) throw new TypeError("expected a connection");
  return connection;
}

/** A host whose settings are read anew for each request, as from a database. */
function freshlyRead(): World {
  const world = createWorld({
    serviceProvider: {
      entityId: "https://app.example/saml/c1",
      acsUrl: "https://app.example/saml/c1/acs",
      sloUrl: "https://app.example/saml/c1/slo",
      signingKeys: [TEST_KEY_PAIRS.serviceProvider],
      decryptionKeys: [TEST_KEY_PAIRS.serviceProvider],
    },
    logout: {
      requestStore: { put: async () => {}, take: async () => undefined },
      signOut: async () => ({ session: undefined }),
      endSessions: async () => undefined,
      defaultReturnPath: "/bye",
    },
  });
  const find = world.connections.get.bind(world.connections);
  world.connections.get = (id) => {
    const connection = find(id);
    if (connection === undefined) return undefined;
    const { serviceProvider, identityProvider } = connection;
    return { ...connection, ...structuredClone({ serviceProvider, identityProvider }) };
  };
  return world;
}

describe("the keys of a handler", () => {
  beforeEach(() => void vi.clearAllMocks());

  it("R8, R11: are parsed at the first request, and not again at the next", async () => {
    const world = freshlyRead();
    await useEveryKey(world);
    const first = parsed();
    expect(first).toBeGreaterThan(0);
    await useEveryKey(world);
    expect(parsed()).toBe(first);
  });

  it("R0: are parsed anew by another handler, and when the settings name others", async () => {
    await useEveryKey(freshlyRead());
    const first = parsed();
    const world = freshlyRead();
    await useEveryKey(world);
    expect(parsed()).toBe(2 * first);
    const connection = connectionOf(world);
    const certificates = [TEST_KEY_PAIRS.stranger.certificate];
    world.connections.set("c1", { ...connection, identityProvider: { ...world.idp.settings, certificates } });
    expect((await world.deliver(world.respond({ authnRequestUrl: await world.ask() }))).status).toBe(403);
    expect(parsed()).toBe(2 * first + 1);
  });
});
