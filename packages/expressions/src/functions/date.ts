/**
 * Functions of dates. All of them are in UTC.
 *
 * @module
 */
import { toDateTime, wrongType } from "../conversion.ts";
import { formatDateTime } from "../date-format.ts";
import { addInterval, countIntervals } from "../date-interval.ts";
import { readDateTime, type WhiteSpace } from "../date-read.ts";
import { type DateTime, fromDate, fromTicks } from "../date-time.ts";
import { ExpressionError } from "../errors.ts";
import { argumentValue, integerOf, textOf } from "./arguments.ts";
import { type Argument, type FunctionDefinition, optional, required } from "./definition.ts";

/** Active Directory counts from 1601-01-01. */
const FILE_TIME_EPOCH = BigInt(Date.parse("1601-01-01T00:00:00Z")) * 10_000n;

function dateOf(arg: Argument): DateTime | null {
  return toDateTime(argumentValue(arg));
}

const now: FunctionDefinition = { name: "Now", parameters: [], evaluate: (_, run) => fromDate(run.context.now) };

const cDate: FunctionDefinition = {
  name: "CDate",
  parameters: [required("expression", "String")],
  evaluate: ([expression]) => dateOf(expression),
};

const dateAdd: FunctionDefinition = {
  name: "DateAdd",
  parameters: [required("interval", "String"), required("value", "Integer"), required("dateTime", "DateTime")],
  evaluate: ([interval, value, dateTime]) => {
    const date = dateOf(dateTime);
    return date === null ? null : addInterval(textOf(interval) ?? "", integerOf(value), date);
  },
};

const dateDiff: FunctionDefinition = {
  name: "DateDiff",
  parameters: [required("interval", "String"), required("date1", "DateTime"), required("date2", "DateTime")],
  evaluate: ([interval, date1, date2]) => {
    const [from, to] = [dateOf(date1), dateOf(date2)];
    return from === null || to === null ? null : countIntervals(textOf(interval) ?? "", from, to);
  },
};

const dateFromNum: FunctionDefinition = {
  name: "DateFromNum",
  parameters: [required("value", "Integer")],
  evaluate: ([value]) => (argumentValue(value) === null ? null : fromTicks(integerOf(value) + FILE_TIME_EPOCH)),
};

/** Decimal text, because the number is beyond 2^53. */
const numFromDate: FunctionDefinition = {
  name: "NumFromDate",
  parameters: [required("value", "String")],
  evaluate: ([value]) => {
    const date = dateOf(value);
    return date === null ? null : (date.ticks - FILE_TIME_EPOCH).toString();
  },
};

/** Cloud sync leaves the styles out. */
const formatDateTimeFunction: FunctionDefinition = {
  name: "FormatDateTime",
  cloudSyncArguments: 3,
  parameters: [
    required("source", "String"),
    optional("dateTimeStyles", "String"),
    required("inputFormat", "String"),
    required("outputFormat", "String"),
  ],
  evaluate: ([source, ...rest], run) => {
    const [outputFormat, inputFormat, styles] = rest.toReversed();
    const text = textOf(source);
    if (text === null || text === "") return null;
    const date = readDateTime(text, formatOf(inputFormat), whiteSpaceOf(textOf(styles)), fromDate(run.context.now));
    return formatDateTime(date, formatOf(outputFormat));
  },
};

function formatOf(arg: Argument): string {
  const format = textOf(arg);
  if (format === null) throw wrongType("A date format is needed here, and there is no value.");
  return format;
}

/** Styles of .NET. Those that choose a time zone change nothing here, where every zone is UTC. */
const STYLES: ReadonlyMap<string, Partial<WhiteSpace>> = new Map([
  ["None", {}],
  ["AllowLeadingWhite", { leading: true }],
  ["AllowTrailingWhite", { trailing: true }],
  ["AllowInnerWhite", { inner: true }],
  ["AllowWhiteSpaces", { leading: true, trailing: true, inner: true }],
  ["NoCurrentDateDefault", {}],
  ["AdjustToUniversal", {}],
  ["AssumeLocal", {}],
  ["AssumeUniversal", {}],
  ["RoundtripKind", {}],
]);

/** Styles are listed with commas, with or without `DateTimeStyles.` before them. */
function whiteSpaceOf(styles: string | null): WhiteSpace {
  if (styles === null || styles.trim() === "") return { leading: true, trailing: true, inner: false };
  const allowed = styles.split(",").map((style) => styleNamed(style.trim()));
  return {
    leading: allowed.some((style) => style.leading),
    trailing: allowed.some((style) => style.trailing),
    inner: allowed.some((style) => style.inner),
  };
}

function styleNamed(name: string): Partial<WhiteSpace> {
  const style = STYLES.get(name.replace(/^DateTimeStyles\./, ""));
  if (style !== undefined) return style;
  throw new ExpressionError("range", "There is no such date style.", {
    hint: `Take some of ${[...STYLES.keys()].join(", ")}.`,
  });
}

export const dateFunctions: readonly FunctionDefinition[] = [
  now,
  cDate,
  dateAdd,
  dateDiff,
  dateFromNum,
  numFromDate,
  formatDateTimeFunction,
];
