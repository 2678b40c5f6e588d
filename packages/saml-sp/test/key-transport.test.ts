import { constants, publicEncrypt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { unwrapKey, type WrappedKey } from "../src/key-transport.ts";
import { padOaep } from "./vectors/encrypt.ts";
import { KEYS } from "./vectors/keys.ts";

const MESSAGE = "0123456789abcdef";

/** Digest, mask, label, and what OpenSSL made of the message for the key "sp-1". */
const BY_OPENSSL: readonly (readonly [string, string, string, string])[] = [
  [
    "sha1",
    "sha1",
    "",
    "GtYlLGW84ITrRuYl0VWDJYw+U0xQdr3/X/Y7n1kGgSbmaLFM638dOp7g8HpwHo/IlL6ivScwEk+Pz2vev8zqo5r1GnAhDA/aQeHRAtRvLC6AVh6fgypu9xyoCAZMVmgyh55yr+VcBFGXBmNPY5bwnJYMgU22ug4I4r18FtGvd6ku3edOqiTy3SxazLmxrVVJC/eb6m0mEu9CnNiw9cbL2NoADvjyCqVsFlt/rR25NPCj9zmybIAuJgdZuLDB7IKENWZQLE0XN9apqAQScli5L14TNu7xBUZigXxHyUzPa/4LnjVmQ8jIQKmiBJHVNByJ6wdL6ngO7VHdnWZOcv2/bg==",
  ],
  [
    "sha256",
    "sha256",
    "",
    "atDdWn8vM9G+sPIO/21WwrN1+uuMeBAGuJoDZWfgX3aKBvADLRTJV0ooaLJYVbAIFi1ppnkQHKjg2Qv/jm3gsEnNWHxGV8eC07mPheKIxlXUoIQbY2Mt4Y1txZBtIEelaaLHq0CEuqU5/FE6apuku5eHVZDr1ADs4AJ8AykhOR6F6UqUgVx5ZyZj5C0gabhRyo6dkpLOz2Pk/78OCL9JpDBqdb7dK1wJN72YnoEQRhWSRDHpeqBBoeK0ZNoLwYUrK+R6vvI7oqwbNs03/ymWLbE+yndlhHFNI2QAuPXJ+AcpzSiTh6yG49nw4FIwq4wIfTKOfNr7VzkCS63Nqqkbrg==",
  ],
  [
    "sha256",
    "sha1",
    "",
    "LsXpy0XvlW/yDirJ5J69S9HJpXe52KKKKpr4vfSJo8bS44B1fe1cwtYh5gSl3nFkpq8iIS7KdrPAG0NCf8sNsGkYHukj7eSo7i/c4z1taHA5P7VilzYP/E0AlxvQbeYQAicp3i5xQXbOhyYuCDgZOyNDyDaDoKjLNYgm0heFWnwBStbXfGXLcOW67ABv58w+7cis46geCOCU+l4Jjn5A3SQqThIMjP3pe0iCiLJa4AeO0KBVG6Fg0vkqAiuOB7s4KXdrTgo9NFwDn+p+DdMZxc6Y0WQ0CaGrvarDjm8sK6nWomEQr3NrFrPSsgmRj8NY7SuQP03LVwvRUqjV+k06ng==",
  ],
  [
    "sha1",
    "sha256",
    "",
    "L1OXhtEgaOk+VZrqxDJ9nWfl7Vv/HtNMF/3xBQbCOskKSKwA/kYryC60MsWJyvoF4CYHWRqCiqVe66hyI24zoiAtsC1tc7SCJoWMTb3hbFbFCtPbocna1QQ/Wt1qyrumkM0IHXPRjNuOaiMfyj7lmlMC5R1Xla24MxcxPrhYTgDSlENDJ4nRD7Vf3I97ACql9A9P67gku7Uww906Aaxw69Gyo2uJNbtotjlc4wPADcfDVPG36spIzA+T3UKxSr7Mujg/NYpNCHN2oAI2Sh7hX1KE0tTIvL7sj3xTOFbbAlXTwjvRendbo/T97Q28xppqTmVXJlgdNCBOsPoJfQD20w==",
  ],
  [
    "sha512",
    "sha384",
    "",
    "tqtD94GqcNv6Juml1gcqamBMpn1T9Bjwn3PUNlE0rFZvg0Yw1Vbh4J8JTP/Ae0oB+yBdgUh1bNsAZ1oyRyAEpNxdi2bxxBTZWewjF0+ox7YzSgo/H+tc4tc63RgiVCVhZjMoCxmcUykJ08AmT5JBnNoBx08pJAlvwhnvXYzWUxA3Z3u+/5NhpOIJPXHvsbVNfafBnR1xkfY/tbRNMDd6bW6ZFmt0HQEMGMGJ0nyyH1yXH8n/BXrAKPtQojJfE/DX36C/ADO9w/yR/TMWmuZ4wPCYlDeLbQ4pu1LAbNarebJTWciS5suMAsTGGxAQHPvBhaGpFo/7vhDe2Kl9b/6bAw==",
  ],
  [
    "sha256",
    "sha1",
    "label",
    "GDJDNTRModlqJ39GV/5sfO7FHquSiiR1dSwq3mIHjnsccrFxuO5XRyJL5OYG0+nCYXWhHBnJo9tZ2XqKPQQJ5HEDNQqIC381PlcfaHhPxOu4RjK0zm9l1G98p93MlH0h/yLhknKpYl7CaiWe6o+YoIGH3svf7Q33KSFS51cjlWBJo/LGa/sqPD6XufdZYa86TlJRjqF9A7hVVY2RMJM0ABkl2BFc0ulkUmJtD3GE0KrZo64eCFzZQYeCISdckESl9yw2hUU03eGVECq3AimaPzhQzR7QnNrpb9ngtRoTQaPQIUvFxPCJ1tpbqYmFDr1nyH3kyUHH/QuwsjoYC5QEng==",
  ],
];

function wrapped(digest: string, mask: string, bytes: Buffer, label = ""): WrappedKey {
  return { hashes: { digest, mask }, label: Buffer.from(label), bytes };
}

function encryptRaw(block: Buffer): Buffer {
  return publicEncrypt({ key: KEYS.sp1.certificate, padding: constants.RSA_NO_PADDING }, block);
}

describe("unwrapKey", () => {
  it.each(BY_OPENSSL)('R11: OAEP with %s, MGF1 with %s, label "%s"', (digest, mask, label, base64) => {
    const key = wrapped(digest, mask, Buffer.from(base64, "base64"), label);
    expect(unwrapKey(key, KEYS.sp1.privateKey, 16)?.toString()).toBe(MESSAGE);
    expect(unwrapKey(key, KEYS.sp2.privateKey, 16)).toBeUndefined();
    expect(unwrapKey(key, KEYS.sp1.privateKey, 32)).toBeUndefined();
    expect(unwrapKey({ ...key, label: Buffer.from("other") }, KEYS.sp1.privateKey, 16)).toBeUndefined();
    for (const [other, otherMask] of [["sha384", mask] as const, [digest, "sha512"] as const]) {
      expect(
        unwrapKey({ ...key, hashes: { digest: other, mask: otherMask } }, KEYS.sp1.privateKey, 16),
      ).toBeUndefined();
    }
  });

  it("R11: refuses each octet of the padding that is not as it must be", () => {
    const honest = padOaep(Buffer.from(MESSAGE), "sha256", "sha1", Buffer.alloc(0));
    expect(unwrapKey(wrapped("sha256", "sha1", encryptRaw(honest)), KEYS.sp1.privateKey, 16)).toBeDefined();
    // In the first octet of the block, of the seed, and throughout what is masked.
    for (const index of [0, 1, 33, 40, 64, 65, 100, 200, 239]) {
      const bent = Buffer.from(honest);
      bent.writeUInt8(bent.readUInt8(index) ^ 1, index);
      expect(unwrapKey(wrapped("sha256", "sha1", encryptRaw(bent)), KEYS.sp1.privateKey, 16)).toBeUndefined();
    }
  });

  it("R11: refuses what is no block of the key, whatever its length", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(255, 1), Buffer.alloc(256, 255), Buffer.alloc(257, 1)]) {
      for (const mask of ["sha1", "sha256"]) {
        expect(unwrapKey(wrapped("sha256", mask, bytes), KEYS.sp1.privateKey, 16)).toBeUndefined();
      }
    }
  });
});
