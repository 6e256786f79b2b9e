import { budgets } from "./budgets.js";
import { ceilings } from "./ceilings.js";
import { credentials } from "./credentials.js";
import { customRoles } from "./custom-roles.js";
import { environments } from "./environments.js";
import { governance } from "./governance.js";
import { limitsPerModel } from "./limits-per-model.js";
import { literalIds } from "./literal-ids.js";
import { modelNames } from "./model-names.js";
import { models } from "./models.js";
import { neededSecrets } from "./needed-secrets.js";
import { registries } from "./registries.js";
import { roles } from "./roles.js";
import { tiers } from "./tiers.js";
import type { Translation } from "./translation.js";
import { whatHasEnded } from "./what-has-ended.js";
import { whatIsTheSources } from "./what-is-the-sources.js";

/** Every translation, in the order in which they build on each other. */
export const TRANSLATIONS: readonly Translation[] = [
  whatIsTheSources,
  whatHasEnded,
  literalIds,
  customRoles,
  roles,
  credentials,
  tiers,
  models,
  modelNames,
  environments,
  budgets,
  ceilings,
  limitsPerModel,
  neededSecrets,
  registries,
];

/** Those that look at what the new stack holds in the end. */
export const LAST_TRANSLATIONS: readonly Translation[] = [governance];
