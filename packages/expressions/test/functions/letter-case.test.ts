import { describe, expect, it } from "vitest";
import { outcomeOf } from "../evaluation.ts";

describe("ToLower", () => {
  it("changes one character for one, by the rules of the culture", () => {
    expect(outcomeOf("ToLower([a])", { a: "ÄÖÜ ΣΑΣ İ" })).toBe("äöü σασ İ");
    expect(outcomeOf('ToLower([a], "tr-TR")', { a: "İI" })).toBe("iı");
    expect(outcomeOf('ToLower([a], "")', { a: "ABC" })).toBe("abc");
    expect(outcomeOf("ToLower([a])")).toBeNull();
  });

  it("refuses what is no culture", () => {
    expect(outcomeOf('ToLower([a], "tr_TR!")', { a: "X" })).toEqual({ error: "range" });
  });
});

describe("ToUpper", () => {
  it("keeps ß and ı in the invariant culture, as .NET does", () => {
    expect(outcomeOf("ToUpper([a])", { a: "straße ı é ﬁ" })).toBe("STRAßE ı É ﬁ");
    expect(outcomeOf('ToUpper([a], "az")', { a: "iı" })).toBe("İI");
  });
});

describe("PCase", () => {
  it("A12: begins a word behind every space, punctuation mark and symbol, unless separators are given", () => {
    expect(outcomeOf("PCase([a])", { a: "o'NEILL-smith_x+y €z\ta" })).toBe("O'Neill-Smith_X+Y €Z\tA");
    expect(outcomeOf('PCase([a], " ")', { a: "o'NEILL-smith x" })).toBe("O'neill-smith X");
    expect(outcomeOf('PCase([a], "")', { a: "AB cd" })).toBe("Ab cd");
    expect(outcomeOf("PCase([a])", { a: "ÉCOLE ßx 3RD" })).toBe("École ßx 3rd");
    expect(outcomeOf("PCase([a])")).toBeNull();
  });
});

/** The table of the reference: what every character on a line becomes. */
const TABLE = `
a ä à â ã å á ą ă ā ā́ ā̀ ā̂ ā̃ ǟ ā̈ ǡ a̱ å̄
ae æ ǣ
c ç č ć c̄ c̱
d ď d̄ ḏ
e ë è é ê ę ě ė ē ḗ ḕ ē̂ ē̃ ê̄ e̱ ë̄ e̊̄
g ğ ḡ g̱
i ï î ì í ı ī ī́ ī̀ ī̂ ī̃ i̱
I Ï Î Ì Í İ Ī
l ľ ł l̄ ḹ ḻ
L Ł Ľ
n ñ ń ň n̄ ṉ
o ö ò ő õ ô ó ō ṓ ṑ ō̂ ō̃ ȫ ō̈ ǭ ȭ ȱ o̱
oe ø ø̄ œ̄
OE Ø Ø̄ Œ̄
r ř r̄ ṟ ṝ
ss ß
s š ś ș ş s̄ s̱
t ť ț t̄ ṯ
u ü ù û ú ů ű ū ū́ ū̀ ū̂ ū̃ u̇̄ ǖ ṻ ṳ̄ u̱
y ÿ ý ȳ ȳ́ ȳ̀ ȳ̃ y̱
z ź ž ż z̄ ẕ
Z Ź Ž Ż Z̄ Ẕ`;

describe("NormalizeDiacritics", () => {
  const lines = TABLE.trim()
    .split("\n")
    .map((line) => line.split(" "));

  it.each(lines)("writes %s for what the table lists, composed or not", (plain, ...letters) => {
    for (const letter of letters) {
      for (const form of ["NFC", "NFD"]) {
        expect(outcomeOf("NormalizeDiacritics([a])", { a: letter.normalize(form) })).toBe(plain);
      }
    }
  });

  it("takes the marks from other Latin letters, and leaves other scripts alone", () => {
    expect(outcomeOf("NormalizeDiacritics([a])", { a: "Nguyễn Đỗ ķ" })).toBe("Nguyen Đo k");
    expect(outcomeOf("NormalizeDiacritics([a])", { a: "Андрей Γιώργος 가" })).toBe("Андрей Γιώργος 가");
    expect(outcomeOf("NormalizeDiacritics([a])")).toBeNull();
  });
});
