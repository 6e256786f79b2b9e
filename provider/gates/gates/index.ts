import type { Gate } from "../gate.js";
import { capRaised } from "./cap-raised.js";
import { controlPlaneMoved } from "./control-plane-moved.js";
import { guardrailsLoosened } from "./guardrails-loosened.js";
import { lastAdministrator } from "./last-administrator.js";
import { massDeletion } from "./mass-deletion.js";
import { massRemoval } from "./mass-removal.js";
import { productionKeyEnds } from "./production-key-ends.js";
import { productionKeyReclassified } from "./production-key-reclassified.js";
import { productionKeyUnlocked } from "./production-key-unlocked.js";
import { projectArchivedInUse } from "./project-archived-in-use.js";
import { projectKeptUntil } from "./project-kept-until.js";
import { projectWithActiveKeys } from "./project-with-active-keys.js";
import { projectWithHistory } from "./project-with-history.js";
import { revokedKeyReturns } from "./revoked-key-returns.js";
import { selfLockout } from "./self-lockout.js";
import { singleSignOnMoved } from "./single-sign-on-moved.js";
import { singleSignOnOff } from "./single-sign-on-off.js";
import { stackEmptied } from "./stack-emptied.js";

/** Every gate, in the order in which they are told. Adding one: its file and one line here. */
export const GATES: readonly Gate[] = [
  controlPlaneMoved,
  guardrailsLoosened,
  lastAdministrator,
  selfLockout,
  massRemoval,
  stackEmptied,
  massDeletion,
  productionKeyEnds,
  projectWithActiveKeys,
  projectWithHistory,
  projectKeptUntil,
  projectArchivedInUse,
  productionKeyReclassified,
  productionKeyUnlocked,
  revokedKeyReturns,
  singleSignOnOff,
  singleSignOnMoved,
  capRaised,
];
