/** Entries whose own day has come stay in the file, are checked like the others, and are declared no more. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { declaredView } from "../../provider/policies/declared-view.js";
import { loadStack, type Stack } from "../../provider/stackfile/index.js";
import { endsIn } from "../../schema/ends.js";
import type { Field } from "../../schema/field.js";
import { KIND_LIST } from "../../schema/kinds/index.js";

const TODAY = "2026-11-21";

function loaded(text: string): Stack {
  const file = join(mkdtempSync(join(tmpdir(), "ended-")), "gatehouse.yaml");
  writeFileSync(file, `name: acme\ncontrolPlane: { system: gatehouse }\n${text}`);
  return loadStack(file, undefined, TODAY);
}

const names = ({ declarations }: Pick<Stack, "declarations">) => declarations.map(({ name }) => name);

describe("an entry of a stack file", () => {
  it("is declared no more from the day on which it ends, and until then like any other", () => {
    const stack = loaded(`
members:
  bea@acme.example: { role: admin, expiresAt: 2026-11-20 }
  kim@acme.example: { role: member, expiresAt: 2026-11-21 }
  lin@acme.example: { role: member, expiresAt: 2026-11-22 }
  ada@acme.example: owner
`);
    expect(names(stack)).toEqual(["members/lin@acme.example", "members/ada@acme.example"]);
    expect(stack.ended.declarations.map(({ name, endedOn, position }) => [name, endedOn, position.line])).toEqual([
      ["members/bea@acme.example", "2026-11-20", 5],
      ["members/kim@acme.example", "2026-11-21", 6],
    ]);
  });

  it("stays what others name, who keep the plain value of it", () => {
    const stack = loaded(`
members: { kim@acme.example: { role: member, expiresAt: 2026-11-20 }, ada@acme.example: owner }
projects:
  checkout:
    name: Checkout
    launch: { owner: kim@acme.example }
    keys: { a: { owner: kim@acme.example }, b: { owner: ada@acme.example } }
`);
    const inputs = (name: string) => stack.declarations.find((one) => one.name === name)?.inputs;
    expect(inputs("projects/checkout")?.launch).toEqual({ owner: "kim@acme.example" });
    expect(inputs("projects/checkout/keys/a")?.owner).toBe("kim@acme.example");
    expect(inputs("projects/checkout/keys/b")?.owner).toEqual({ $ref: "members/ada@acme.example", by: "user" });
  });

  it("takes along what is named after it: a person's projects end with the membership of the organization", () => {
    const stack = loaded(`
members: { kim@acme.example: { role: member, expiresAt: 2026-11-20 } }
projects:
  checkout: { name: Checkout, members: { kim@acme.example: admin } }
  search: { name: Search, members: { kim@acme.example: { role: admin, expiresAt: 2026-10-31 }, lin@acme.example: viewer } }
`);
    expect(names(stack)).toEqual(["projects/checkout", "projects/search", "projects/search/members/lin@acme.example"]);
    expect(stack.ended.declarations.map(({ name, endedOn }) => [name, endedOn])).toEqual([
      ["members/kim@acme.example", "2026-11-20"],
      ["projects/checkout/members/kim@acme.example", "2026-11-20"],
      ["projects/search/members/kim@acme.example", "2026-10-31"],
    ]);
  });

  it("is checked all the same, so that nobody prolongs what was wrong", () => {
    expect(() => loaded("members: { kim@acme.example: { roll: member, expiresAt: 2026-11-20 } }")).toThrow(/roll: is not known here/);
  });

  it("is remembered by the guardrail on projects whose keys have ended", () => {
    const keys = "a: { expiresAt: 2026-11-20 }, b: { expiresAt: 2027-01-01 }";
    const view = declaredView(loaded(`projects: { pilot: { name: Pilot, keys: { ${keys} } } }`));
    const [own] = view.of("Project");
    expect(own && view.referringTo(own, "ApiKey").map(({ name }) => name)).toEqual(["projects/pilot/keys/b"]);
    expect(own && view.pastReferringTo(own, "ApiKey").map(({ name }) => name)).toEqual(["projects/pilot/keys/a"]);
  });
});

it("a rule that ignores an undeclared object is told as ended after its last day, and stays, so that what it hid can say why it is back", () => {
  const stack = loaded(`
members:
  $ignore:
    - { match: "old@*", reason: leaves soon, until: 2026-11-20 }
    - { match: "new@*", reason: arrives soon, until: 2026-11-21 }
    - { match: "bot@*", reason: is run by the vendor }
`);
  expect(stack.ignore.map(({ match }) => match)).toEqual(["old@*", "new@*", "bot@*"]);
  expect(stack.ended.ignore.map(({ match }) => match)).toEqual(["old@*"]);
});

describe("a kind whose objects end", () => {
  const ending = KIND_LIST.filter(({ fields }) =>
    endsIn(fields, Object.fromEntries(Object.keys(fields).map((name) => [name, "2026-11-20"]))).some(({ ofObject }) => ofObject),
  );

  it("is each one that says so by a field of its own", () => {
    expect(ending.map(({ name }) => name).toSorted()).toEqual(["ApiKey", "OrganizationMember", "ProjectMember"]);
  });

  it.each(ending.map(({ name, fields }) => ({ name, fields })))(
    "$name is only named by what it declares, and owns nothing",
    ({ name, fields }) => {
      const references = (field: Field): readonly Field[] => [
        ...(field.reference?.kind === name ? [field] : []),
        ...(field.items === undefined ? [] : references(field.items)),
        ...Object.values(field.fields ?? {}).flatMap(references),
      ];
      for (const field of KIND_LIST.flatMap((kind) => Object.values(kind.fields).flatMap(references))) {
        expect(field.reference?.soft).toBe(true);
        expect(fields[field.reference?.by ?? ""]?.flags.computed).toBeUndefined();
        expect(Object.hasOwn(fields, field.reference?.by ?? "")).toBe(true);
      }
    },
  );
});
