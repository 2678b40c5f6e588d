import { describe, expect, it } from "vitest";
import { autoPostPage, refusalPage } from "../../src/http/page.ts";

const HOSTILE = `"'><script>alert(1)</script>&`;

describe("pages", () => {
  it("write every value as text", async () => {
    const post = await autoPostPage("Signing in", `https://idp.example/?${HOSTILE}`, { [HOSTILE]: HOSTILE }).text();
    expect(post.match(/<script/g)).toHaveLength(1);
    expect(post).toContain('value="&#34;&#39;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#38;"');
    const refusal = await refusalPage(400, HOSTILE, HOSTILE).text();
    expect(refusal).not.toContain("<script");
  });

  it("have another nonce each time", () => {
    const policy = () => autoPostPage("Signing in", "https://idp.example", {}).headers.get("content-security-policy");
    expect(policy()).not.toBe(policy());
  });
});
