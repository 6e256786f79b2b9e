import { expect } from "vitest";
import { isCovered, leavesOf, withValue } from "./paths.js";
import type { Subject } from "./subject.js";
import { wrongValues } from "./wrong-values.js";

/** Every field that the system has refuses, without the network, what its description does not allow. */
export function refusesWrongValues(subject: Subject): void {
  const { kind, inputs, support } = subject;
  for (const { path, field } of leavesOf(kind.fields).filter((leaf) => isCovered(support, leaf.path))) {
    for (const value of wrongValues(field, support.values?.[path])) {
      const problems = subject.problems(withValue(inputs, path, value));
      const told = problems.some((problem) => problem.startsWith(path));
      expect(told, `${path}: ${JSON.stringify(value)} is refused, among: ${problems.join("; ")}`).toBe(true);
    }
  }
  expect(subject.problems({ ...inputs, noSuchField: 1 }).join(), "an unknown field is refused").toContain("noSuchField");
}
