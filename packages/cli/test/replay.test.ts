import { testTranscript } from "@muster/scim-core/testing";
import { describe, expect, it } from "vitest";
import { openScimSession, STORES } from "./scim-session.ts";
import { TRANSCRIPTS } from "./transcripts.ts";

it("has every recorded step", () => {
  expect(TRANSCRIPTS).toHaveLength(7);
  expect(TRANSCRIPTS.flatMap(({ steps }) => steps)).toHaveLength(258);
});

for (const store of STORES) {
  describe(`recorded traffic over HTTP, ${store}`, () => {
    for (const transcript of TRANSCRIPTS) {
      testTranscript({
        runner: { describe, it },
        transcript,
        requireOptional: true,
        newService: async () => {
          const { scim, close } = await openScimSession(store);
          return { ...scim, close };
        },
      });
    }
  });
}
