import { crowdsOf } from "./people.js";
import type { SeenObject } from "./seen.js";
import type { StackView } from "./stack-view.js";

/**
 * Tells of a person whom an object names whether that is no member of its organization today. Nobody is where no members are declared,
 * or while one of them is unknown.
 */
export function strangersIn(view: StackView, today: string): (object: SeenObject, person: unknown) => person is string {
  const members = new Map(crowdsOf(view, today).map(({ first, people }) => [first.controlPlane, new Set(people.map(({ user }) => user))]));
  return (object, person): person is string => {
    const own = members.get(object.controlPlane);
    return typeof person === "string" && own !== undefined && !own.has(undefined) && !own.has(person.toLowerCase());
  };
}
