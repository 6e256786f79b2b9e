import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Desk, type Step } from "./checklist-desk.js";

const PROJECT_ID = "0d2f6f0a-8a3b-4b8e-9a53-6f0d6c8a1b2c";
const STACK = `name: acme
controlPlane: { system: floopy, transport: dashboard }
projects: { checkout: { name: Checkout AI, launch: { owner: ada@acme.example } } }
`;
const OBJECT = "projects/checkout";
const RENEW = ["--renew", "--attested-days", "0"];

interface Aged {
  readonly aged: readonly { readonly by: string; readonly at: string }[];
}

/** Each test goes on where the one before ended. */
describe("what was confirmed long ago", { timeout: 120_000 }, () => {
  const desk = new Desk(STACK);
  let looks: Step[] = [];
  const look = (parts: object = {}) => ({ step: looks[0]?.id, digest: looks[0]?.digest, by: "bea", at: "2026-09-24T12:00:00Z", ...parts });
  const aged = async () => (await desk.run("drift", ["--attested-days", "0", "--json"])).json<Aged>().aged;

  it("is listed to be looked at, with everything that the dashboard must show", async () => {
    await desk.confirm(await desk.confirmations({ [OBJECT]: PROJECT_ID }));
    looks = (await desk.checklist(...RENEW)).steps;
    expect(looks).toMatchObject([
      { id: "main:review:Project:checkout", object: OBJECT, fields: [{ label: "Name", after: "Checkout AI" }, { label: "Slug" }] },
    ]);
    expect((await desk.checklist("--renew", "--attested-days", "100000")).steps).toEqual([]);
  });

  it("is not confirmed again by another digest, by an earlier time, or by one that has not come", async () => {
    const refused = await desk.confirm([look({ digest: "0".repeat(32) })], RENEW);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("what is recorded has changed since");
    const times = await Promise.all(
      ["2026-08-24T12:00:00Z", "2999-01-01T00:00:00Z"].map((at) => desk.run("confirm", from(desk, [look({ at })], at))),
    );
    expect(times.map(({ exitCode }) => exitCode)).toEqual([2, 2]);
    expect(times[0]?.stderr).toContain("at must be later than 2026-08-24T12:00:00Z");
    expect(times[1]?.stderr).toContain("lies in the future");
    expect(await aged()).toMatchObject([{ by: "ada@acme.example", at: "2026-08-24T12:00:00Z" }]);
  });

  it("is confirmed again without any change, in the state and in the file that is committed", async () => {
    const renewed = await desk.confirm([look()], RENEW);
    expect(renewed).toMatchObject({ exitCode: 0, stdout: `Renewed 1: ${OBJECT}.\n` });
    expect(desk.recorded).toContain("main:review:Project:checkout");
    expect(await aged()).toMatchObject([{ by: "bea", at: "2026-09-24T12:00:00Z" }]);
    expect(await desk.run("preview", ["--expect-no-changes"])).toMatchObject({ exitCode: 0, stdout: "No changes.\n" });
    expect((await desk.confirm([look()], RENEW)).stdout).toBe("Renewed 0.\n");
  });

  it("needs a new look each time", async () => {
    const [again] = (await desk.checklist(...RENEW)).steps;
    expect(again?.digest).not.toBe(looks[0]?.digest);
  });

  it("is renewed elsewhere by the next up, from the committed file", async () => {
    const clone = new Desk(STACK);
    writeFileSync(join(clone.folder, "gatehouse.confirmations.yaml"), desk.recorded);
    expect((await clone.run("up", ["--yes"])).exitCode).toBe(0);
    expect(await clone.run("up", ["--yes"])).toMatchObject({ exitCode: 0, stdout: "acme/dev: nothing changed.\n" });
    const { aged: found } = (await clone.run("drift", ["--attested-days", "0", "--json"])).json<Aged>();
    expect(found).toMatchObject([{ by: "bea", at: "2026-09-24T12:00:00Z" }]);
  });
});

/** Options that name a file of these confirmations, one file a name. */
function from(desk: Desk, entries: readonly object[], name: string): string[] {
  const file = join(desk.folder, "..", `${name.replaceAll(":", "-")}.json`);
  writeFileSync(file, JSON.stringify(entries));
  return ["--from", file, ...RENEW];
}
