import { describe, expect, it } from "vitest";
import { outcomeOf } from "../evaluation.ts";

describe("Now", () => {
  it("is the same moment everywhere in an expression", () => {
    expect(outcomeOf('DateDiff("s", Now(), Now())')).toBe(0);
  });
});

describe("CDate", () => {
  it.each([
    ["2020-03-16", "3/16/2020 12:00:00 AM"],
    ["2020-03-16T10:11:12Z", "3/16/2020 10:11:12 AM"],
    ["2020-03-16 10:11:12.1234567+05:30", "3/16/2020 4:41:12 AM"],
    ["2020-03-16+0800", "3/15/2020 4:00:00 PM"],
    ["3/16/2020 1:02:03 PM", "3/16/2020 1:02:03 PM"],
    ["3/16/2020 13:02", "3/16/2020 1:02:00 PM"],
    ["2020/3/6", "3/6/2020 12:00:00 AM"],
    ["0001-01-01", "1/1/0001 12:00:00 AM"],
    [" 2020-02-29 ", "2/29/2020 12:00:00 AM"],
    ["3/16/2020 12:00:00 AM", "3/16/2020 12:00:00 AM"],
  ])("reads %s in UTC", (text, expected) => {
    expect(outcomeOf("CDate([a])", { a: text })).toBe(expected);
  });

  it.each(["", "yesterday", "2021-02-29", "2020-13-01", "2020-01-01T24:00:00", "2020-01-01+15:00", "13:00 PM", "7"])(
    "refuses %s",
    (text) => expect(outcomeOf("CDate([a])", { a: text })).toEqual({ error: "type" }),
  );

  it("refuses moments outside of the years 1 to 9999, and makes nothing of nothing", () => {
    expect(outcomeOf('CDate("0001-01-01+01:00")')).toEqual({ error: "range" });
    expect(outcomeOf('CDate("9999-12-31T23:59:59.9999999Z")')).toBe("12/31/9999 11:59:59 PM");
    expect(outcomeOf("CDate([a])")).toBeNull();
  });
});

describe("DateAdd", () => {
  it("takes the last day of a shorter month, and goes back as well", () => {
    expect(outcomeOf('DateAdd("m", 1, CDate("2020-01-31"))')).toBe("2/29/2020 12:00:00 AM");
    expect(outcomeOf('DateAdd("m", -13, CDate("2020-01-31"))')).toBe("12/31/2018 12:00:00 AM");
    expect(outcomeOf('DateAdd("yyyy", 1, CDate("2020-02-29"))')).toBe("2/28/2021 12:00:00 AM");
    expect(outcomeOf('DateAdd("h", -1, CDate("2020-03-01"))')).toBe("2/29/2020 11:00:00 PM");
    expect(outcomeOf('DateAdd("n", 90, CDate("2020-03-01"))')).toBe("3/1/2020 1:30:00 AM");
    expect(outcomeOf('DateAdd("s", 1, DateAdd("s", 1, "2020-03-01"))')).toBe("3/1/2020 12:00:02 AM");
  });

  it("refuses unknown intervals, and dates beyond the calendar", () => {
    expect(outcomeOf('DateAdd("D", 1, Now())')).toEqual({ error: "range" });
    expect(outcomeOf('DateAdd("constructor", 1, Now())')).toEqual({ error: "range" });
    expect(outcomeOf('DateAdd("yyyy", 9223372036854775807, Now())')).toEqual({ error: "range" });
    expect(outcomeOf('DateAdd("m", -30000, Now())')).toEqual({ error: "range" });
    expect(outcomeOf('DateAdd("ww", 9223372036854775807, Now())')).toEqual({ error: "range" });
    expect(outcomeOf('DateAdd("d", 1, [a])')).toBeNull();
  });
});

describe("DateDiff", () => {
  const between = (interval: string, from: string, to: string) =>
    outcomeOf(`DateDiff("${interval}", CDate("${from}"), CDate("${to}"))`);

  it("counts days, hours, minutes and seconds that have passed in full", () => {
    expect(between("d", "2020-03-01T23:00:00", "2020-03-02T22:59:59")).toBe(0);
    expect(between("d", "2020-03-02T23:00:00", "2020-03-01T22:00:00")).toBe(-1);
    expect(between("h", "2020-03-01T10:59:00", "2020-03-01T11:01:00")).toBe(0);
    expect(between("s", "2020-03-01T10:00:00.9", "2020-03-01T10:00:01.1")).toBe(0);
  });

  it("counts weeks from Sunday to Sunday", () => {
    expect(between("ww", "2020-03-07", "2020-03-08")).toBe(1);
    expect(between("ww", "2020-03-08", "2020-03-14")).toBe(0);
    expect(between("ww", "2020-03-08", "2020-03-07")).toBe(-1);
  });

  it("counts months and years by the calendar", () => {
    expect(between("m", "2020-01-31", "2020-02-01")).toBe(1);
    expect(between("yyyy", "2020-12-31", "2021-01-01")).toBe(1);
    expect(between("yyyy", "2021-01-01", "2020-12-31")).toBe(-1);
  });

  it("is null when a date is", () => {
    expect(outcomeOf('DateDiff("d", [a], Now())')).toBeNull();
    expect(outcomeOf('DateDiff("q", Now(), Now())')).toEqual({ error: "range" });
  });
});

describe("DateFromNum", () => {
  it("reads file times exactly, beyond 2^53 too", () => {
    expect(outcomeOf("DateFromNum(129699324000000000)")).toBe("1/1/2012 11:00:00 PM");
    expect(outcomeOf("DateFromNum([a])", { a: "129699324000000000" })).toBe("1/1/2012 11:00:00 PM");
    expect(outcomeOf("NumFromDate(DateFromNum([a]))", { a: 129699324000000001n })).toBe("129699324000000001");
    expect(outcomeOf("DateFromNum(0)")).toBe("1/1/1601 12:00:00 AM");
    expect(outcomeOf("DateFromNum(9223372036854775807)")).toEqual({ error: "range" });
    expect(outcomeOf("DateFromNum([none])")).toBeNull();
  });
});

describe("NumFromDate", () => {
  it("writes file times as text", () => {
    expect(outcomeOf('NumFromDate("2012-01-01T23:00:00Z")')).toBe("129699324000000000");
    expect(outcomeOf('NumFromDate("1600-12-31T23:59:59Z")')).toBe("-10000000");
    expect(outcomeOf("NumFromDate([none])")).toBeNull();
  });
});

describe("FormatDateTime", () => {
  const format = (source: string, input: string, output: string, styles = "") =>
    outcomeOf("FormatDateTime([s], [t], [i], [o])", { s: source, t: styles, i: input, o: output });

  it.each([
    ["d dd ddd dddd", "4 04 Sun Sunday"],
    ["M MM MMM MMMM", "2 02 Feb February"],
    ["y yy yyy yyyy yyyyy", "24 24 2024 2024 02024"],
    ["h hh H HH m mm s ss", "3 03 15 15 5 05 6 06"],
    ["f ff fff fffffff", "0 07 070 0700000"],
    ["ss.FFF ss.FF", "06.07 06.07"],
    ["t tt g", "P PM A.D."],
    ["z zz zzz K", "+0 +00 +00:00 Z"],
    ["'at' HH\\h \"o'clock\"", "at 15h o'clock"],
    ["%d", "4"],
    ["d", "02/04/2024"],
    ["D", "Sunday, 04 February 2024"],
    ["F", "Sunday, 04 February 2024 15:05:06"],
    ["g", "02/04/2024 15:05"],
    ["M", "February 04"],
    ["o", "2024-02-04T15:05:06.0700000Z"],
    ["R", "Sun, 04 Feb 2024 15:05:06 GMT"],
    ["s", "2024-02-04T15:05:06"],
    ["u", "2024-02-04 15:05:06Z"],
    ["Y", "2024 February"],
  ])("writes %s", (output, expected) => {
    expect(format("2024-02-04T15:05:06.07Z", "yyyy-MM-ddTHH:mm:ss.ffZ", output)).toBe(expected);
  });

  it.each([
    ["Sunday, 4 February 2024", "dddd, d MMMM yyyy"],
    ["4 feb 24", "d MMM yy"],
    ["20240204", "yyyyMMdd"],
    ["2024-02-04T00:00:00+00:00", "yyyy-MM-ddTHH:mm:ssK"],
    ["2024-02-04T01:00:00+01", "yyyy-MM-ddTHH:mm:sszz"],
    ["2024-02-04 1:00:00 +1", "yyyy-MM-dd H:mm:ss z"],
    ["2/4/2024 12:00:00 AM", "M/d/yyyy h:mm:ss tt"],
    [" 2024-02-04\t", "yyyy-MM-dd"],
    ["2024-02-04 00:00:00.", "yyyy-MM-dd HH:mm:ss.FFF"],
  ])("reads %s", (source, input) => {
    expect(format(source, input, "s")).toBe("2024-02-04T00:00:00");
  });

  it("reads years of two digits as 1950 to 2049, and what is missing as .NET does", () => {
    expect(format("49", "yy", "s")).toBe("2049-01-01T00:00:00");
    expect(format("50", "yy", "s")).toBe("1950-01-01T00:00:00");
    expect(format("50", "%y", "s")).toBe("1950-01-01T00:00:00");
    expect(format("10:30", "HH:mm", "s")).toBe("2021-07-02T10:30:00");
    expect(format("03-04", "MM-dd", "s")).toBe("2021-03-04T00:00:00");
  });

  it.each([
    ["2024-02-30", "yyyy-MM-dd"],
    ["2024-2-4", "yyyy-MM-dd"],
    ["2024-02-04x", "yyyy-MM-dd"],
    ["13:00 PM", "hh:mm tt"],
    ["04 05", "dd dd"],
  ])("refuses %s as %s", (source, input) => {
    expect(format(source, input, "s")).toEqual({ error: "type" });
  });

  it("allows white space as the styles say, and refuses unknown ones", () => {
    expect(format(" 2024-02-04", "yyyy-MM-dd", "s", "None")).toEqual({ error: "type" });
    expect(format(" 2024-02-04", "yyyy-MM-dd", "s", "DateTimeStyles.AllowLeadingWhite")).toBe("2024-02-04T00:00:00");
    expect(format("2024 -02- 04 ", "yyyy-MM-dd", "s", "AllowWhiteSpaces, AssumeUniversal")).toBe("2024-02-04T00:00:00");
    expect(format("2024-02-04", "yyyy-MM-dd", "s", "toString")).toEqual({ error: "range" });
  });

  it.each(["", "q", "yyyy-MM-dd '", "ffffffff", "%", "\\"])("refuses the format %s", (output) => {
    expect(format("2024", "yyyy", output)).toEqual({ error: "range" });
  });

  it("A18: is in UTC", () => {
    expect(format("2020-12-31-08:00", "yyyy-MM-ddzzz", "yyyy-MM-dd HH:mm zzz")).toBe("2020-12-31 08:00 +00:00");
  });

  it("A19: takes three arguments for cloud sync", () => {
    expect(outcomeOf('FormatDateTime([a], "yyyyMMdd", "yyyy")', { a: "20240204" })).toBe("2024");
    expect(outcomeOf('FormatDateTime(Now(), , "M/d/yyyy h:mm:ss tt", "yyyy-MM-dd")')).toBe("2021-07-02");
    expect(outcomeOf('FormatDateTime([a], , "yyyy", "yyyy")')).toBeNull();
    expect(outcomeOf('FormatDateTime([a], , [f], "yyyy")', { a: "2024" })).toEqual({ error: "type" });
  });
});
