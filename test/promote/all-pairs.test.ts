import { describe, expect, it } from "vitest";
import { fieldsOf } from "../../provider/promote/fields.js";
import { SYSTEMS } from "../../schema/systems/index.js";
import { EXAMPLE_STACKS } from "../support/examples.js";
import { promoted } from "./promoted.js";

/** Every example stack to every system, found by listing both. */
const PAIRS = EXAMPLE_STACKS.flatMap(({ name }) => SYSTEMS.map((system) => ({ name, system })));

describe.each(PAIRS)("examples/$name promoted to $system", ({ name, system }) => {
  const { promotion, report, problems } = promoted(name, system);

  it("is a stack that validation has nothing against", () => {
    expect(problems).toEqual([]);
    expect(promotion.stack.controlPlanes.map((plane) => [plane.name, plane.system])).toEqual([["main", system]]);
  });

  it("says of every object and every field what became of it", () => {
    const unsaid = promotion.source.flatMap((entry) => {
      const { carried, to } = report.objects.find(({ path }) => path === entry.name) ?? { carried: [] as readonly string[], to: [] };
      const own = report.outcomes.filter(({ object }) => object === entry.name);
      const isToldWhole = own.some(({ field, result }) => field === undefined && (result === "lost" || to.length === 0));
      if (isToldWhole) return [];
      const told = (path: string) =>
        own.some(({ field }) => field !== undefined && (path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`)));
      const silent = fieldsOf(entry).filter(({ path }) => !carried.includes(path) && !told(path));
      return [...(to.length === 0 && own.length === 0 ? [entry.name] : []), ...silent.map(({ path }) => `${entry.name} ${path}`)];
    });
    expect(unsaid).toEqual([]);
  });

  it("loosens no ceiling without a word", () => {
    const silent = promotion.source.flatMap((entry) => {
      const { carried, to } = report.objects.find(({ path }) => path === entry.name) ?? { carried: [] as readonly string[], to: [] };
      const own = report.outcomes.filter(({ object }) => object === entry.name);
      const isGone = entry.kindName === "ApiKey" && to.length === 0;
      const isTold = (path: string) =>
        own.some(
          ({ field = path, result, weight, why }) =>
            `${path}.`.startsWith(`${field}.`) && (result === "translated" || weight === "looser" || /^no key|only warns/.test(why)),
        );
      const caps = fieldsOf(entry).filter(
        ({ path }) => /Usd$|^requestsPer|^rates\.|^limits$/.test(path) && !/PerMillion|expected/.test(path),
      );
      return isGone ? [] : caps.filter(({ path }) => !carried.includes(path) && !isTold(path)).map(({ path }) => `${entry.name} ${path}`);
    });
    expect(silent).toEqual([]);
  });
});
