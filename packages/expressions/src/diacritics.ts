/**
 * Latin letters without their marks, by the table of the reference for `NormalizeDiacritics`. Letters that the table
 * does not list lose the marks that Unicode takes apart from them; other scripts stay as they are, where marks make
 * other letters.
 *
 * @module
 */

/** Letters that Unicode does not take apart. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ["æ", "ae"],
  ["Æ", "AE"],
  ["ø", "oe"],
  ["Ø", "OE"],
  ["œ", "oe"],
  ["Œ", "OE"],
  ["ß", "ss"],
  ["ł", "l"],
  ["Ł", "L"],
  ["ı", "i"],
]);

/** A letter, composed or not, and all marks that follow it. */
const LATIN = /(\p{Script=Latin})\p{M}*/gu;
const MARK = /\p{M}/gu;

export function withoutDiacritics(text: string): string {
  return text.replaceAll(LATIN, (_, letter: string) => {
    // Only the letter is taken apart: marks that follow go anyway, and putting very many in order takes long.
    const base = letter.normalize("NFD").replaceAll(MARK, "");
    return LETTERS.get(base) ?? base;
  });
}
