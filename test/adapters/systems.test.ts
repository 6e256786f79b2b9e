import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ADAPTER_LIST, adapterOf } from "../../provider/adapters/index.js";
import { PROFILE_NAMES, profileNamed } from "../../provider/server/profiles/index.js";
import { SYSTEMS } from "../../schema/systems/index.js";

test("every system that a stack may name has its own adapter, and every adapter is of such a system", () => {
  expect(ADAPTER_LIST.map(({ system }) => system).toSorted()).toEqual(SYSTEMS.toSorted());
  expect(SYSTEMS.map((system) => adapterOf(system).system)).toEqual(SYSTEMS);
});

test("every profile of the embedded control plane is of such a system, under its name", () => {
  expect(PROFILE_NAMES.filter((name) => !(SYSTEMS as readonly string[]).includes(name))).toEqual([]);
  expect(PROFILE_NAMES.map((name) => profileNamed(name).name)).toEqual(PROFILE_NAMES);
});

test("every adapter goes through the conformance suite", () => {
  expect(SYSTEMS.filter((system) => !existsSync(join(import.meta.dirname, `${system}.test.ts`)))).toEqual([]);
});
