import { describe, expect, it } from "vitest";
import type { Declaration } from "../../provider/stackfile/model.js";
import { inDependencyOrder } from "../../provider/stackfile/order.js";

const position = { file: "gatehouse.yaml", line: 1, column: 1 };
const declared = (name: string, ...refersTo: readonly string[]): Declaration => ({
  kind: "Project",
  path: name,
  keys: [name],
  name,
  inputs: { some: [{ deep: refersTo.map(($ref) => ({ $ref, by: "id" })) }] },
  position,
  positions: {},
  aliases: [],
  controlPlane: "main",
});
const names = (declarations: readonly Declaration[]) => declarations.map(({ name }) => name);

describe("the order of declarations", () => {
  it("follows the references, and the file where there are none", () => {
    const { declarations, problems } = inDependencyOrder([declared("c", "a"), declared("b"), declared("a", "d"), declared("d")]);
    expect(names(declarations)).toEqual(["d", "a", "c", "b"]);
    expect(problems).toEqual([]);
  });

  it("refuses a circle and names it", () => {
    const { problems } = inDependencyOrder([declared("a", "b"), declared("b", "c"), declared("c", "b")]);
    expect(problems).toEqual([{ position, path: "b", message: "refers to itself through b → c → b: remove one of the references" }]);
  });
});
