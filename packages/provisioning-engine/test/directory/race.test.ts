import { describe } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { delayedStore } from "../storage/delayed-store.ts";
import { raceCases } from "./race-cases.ts";

describe("requests that meet in memory", () => raceCases(memoryStore));

describe("requests that meet on a store that takes its time", () => raceCases(() => delayedStore(memoryStore())));
