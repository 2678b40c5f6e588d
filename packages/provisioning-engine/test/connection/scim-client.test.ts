import { describe, expect, it } from "vitest";
import { isClientId, isKeyOf, mintClient, signingKey } from "../../src/connection/scim-client.ts";
import { mintToken } from "../../src/connection/scim-credential.ts";
import type { ScimCredentialRecord } from "../../src/ports/index.ts";

function stored(id: string, hash: string): ScimCredentialRecord {
  return { connectionId: "c", id, hash, label: null, createdAt: "2026-01-01", expiresAt: null, lastUsedAt: null };
}

describe("a client's secret", () => {
  it("J42: is recognised by the public half of the key that it makes", () => {
    const { id, secret, hash } = mintClient();
    expect(isKeyOf(signingKey(id, secret), stored(id, hash))).toBe(true);
    for (const wrong of ["", secret.slice(0, -1), `${secret}x`, mintClient().secret, hash]) {
      expect(isKeyOf(signingKey(id, wrong), stored(id, hash))).toBe(false);
    }
    expect(isKeyOf(signingKey(id, secret), null)).toBe(false);
  });

  it("makes another key for another client", () => {
    const { secret, hash } = mintClient();
    const { id } = mintClient();
    expect(isKeyOf(signingKey(id, secret), stored(id, hash))).toBe(false);
  });

  it("always makes the same key: what was stored yesterday is still right", () => {
    const hash = "2eb73a10cbf8387a950fb20d182c7f47f2b652c7a17b1c32ef9e9f6536b6ba51";
    expect(isKeyOf(signingKey("msc_000000000000", "mcs_0"), stored("msc_000000000000", hash))).toBe(true);
  });
});

describe("isClientId", () => {
  it("knows an id by its form alone", () => {
    expect(isClientId(mintClient().id)).toBe(true);
    for (const text of ["", "msc_", mintToken().id, `${mintClient().id}0`, "msc_00000000000G", "msc_000000000000\n"]) {
      expect(isClientId(text), text).toBe(false);
    }
  });
});
