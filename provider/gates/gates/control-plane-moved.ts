import { adapterOf } from "../../adapters/index.js";
import { changeDigest } from "../digest.js";
import type { ChangeSet, ObjectStep, Values } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { isRemote } from "../remote.js";

export const controlPlaneMoved: Gate = {
  name: "control-plane-moved",
  title: "The address, system or credential of a control plane changes while the stack holds objects on it",
  why: "Everything would look gone there and be made anew, or the credential would go to somebody else's server.",
  judge: ({ changes }) =>
    changes.controlPlanes.flatMap((plane): Finding[] => {
      const moved = movedBy(plane);
      if (moved === undefined || !holdsObjects(plane, changes)) return [];
      return [
        {
          object: plane.name,
          change: changeDigest(plane),
          what: `the stack holds objects there, and ${moved}`,
          advice: "Use a stack of its own for another control plane, or GATEHOUSE_URL for the same one under another address.",
        },
      ];
    }),
};

const WATCHED: Readonly<Record<string, string>> = {
  "gatehouse:system": "its system changes",
  "gatehouse:url": "its address changes",
  "gatehouse:credentials": "its credentials are taken from elsewhere",
  "gatehouse:tokenEnv": "its token is taken from elsewhere",
};

function movedBy({ operation, before, after, properties }: ObjectStep): string | undefined {
  if (operation === "create") return "they are declared on a control plane that is new";
  if (operation !== "update" && operation !== "replace") return undefined;
  // A person is no address: one that comes with the API of a dashboard, or goes with it, moves nothing; another one does.
  const byPerson = isByPerson(before?.inputs) || isByPerson(after);
  const found = Object.entries(WATCHED).flatMap(([name, words]) => {
    const isStated = before?.inputs[name] !== undefined && after?.[name] !== undefined;
    return properties.some(({ property }) => isWithin(property, name)) && (isStated || !byPerson) ? [words] : [];
  });
  const transports = [before?.inputs, after].map((inputs) => inputs?.["gatehouse:transport"] === "rehearsal");
  const rehearsed = transports[0] === transports[1] ? [] : ["it becomes a rehearsal, or stops being one"];
  return [...found, ...rehearsed].join(", ") || undefined;
}

function isByPerson(inputs: Values | undefined): boolean {
  const [system, transport] = [inputs?.["gatehouse:system"], inputs?.["gatehouse:transport"]];
  return (transport ?? (typeof system === "string" ? adapterOf(system).defaultTransport : undefined)) === "dashboard";
}

function isWithin(property: string, name: string): boolean {
  return property === name || property.startsWith(`${name}.`);
}

function holdsObjects({ controlPlane }: ObjectStep, { objects }: ChangeSet): boolean {
  return objects.some((object) => object.controlPlane === controlPlane && object.managed && isRemote(object));
}
