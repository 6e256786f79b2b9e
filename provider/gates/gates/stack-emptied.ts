import { collectionDigest } from "../digest.js";
import { isDeletion } from "../facts.js";
import type { Gate } from "../gate.js";
import { isRemote } from "../remote.js";

export const stackEmptied: Gate = {
  name: "stack-emptied",
  title: "Most of the stack is deleted at once",
  why: "A stack file that was emptied or cut short by mistake looks just like this.",
  judge: ({ changes, operation }) => {
    if (operation === "destroy") return [];
    const held = changes.objects.filter((step) => step.managed && isRemote(step));
    const gone = held.filter((step) => isDeletion(step) && step.endedOn === undefined);
    if (gone.length <= 3 || gone.length * 2 <= held.length) return [];
    return [
      {
        object: "stack",
        change: collectionDigest(gone),
        what: `${gone.length} of the ${held.length} objects of the stack are deleted`,
        advice: "Look whether the declaration is whole. To end a stack, `gatehouse destroy` says so.",
      },
    ];
  },
};
