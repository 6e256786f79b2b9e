import type { Rule } from "../rule.js";
import { administratorsAreFew } from "./administrators-are-few.js";
import { alertsAreFew } from "./alerts-are-few.js";
import { alertsStandBelowLimits } from "./alerts-stand-below-limits.js";
import { archivedProjectsAreEmpty } from "./archived-projects-are-empty.js";
import { archivedProjectsHaveAReason } from "./archived-projects-have-a-reason.js";
import { budgetsAddUp } from "./budgets-add-up.js";
import { capsFitInTheirParents } from "./caps-fit-in-their-parents.js";
import { credentialsHaveARotationOwner } from "./credentials-have-a-rotation-owner.js";
import { customRolesCannotGrow } from "./custom-roles-cannot-grow.js";
import { environmentPaceIsBounded } from "./environment-pace-is-bounded.js";
import { exceptionsAreInForce } from "./exceptions-are-in-force.js";
import { experimentsStayOutOfProduction } from "./experiments-stay-out-of-production.js";
import { fallbacksDiffer } from "./fallbacks-differ.js";
import { fewProjectsEarly } from "./few-projects-early.js";
import { highRiskKeysAreNarrow } from "./high-risk-keys-are-narrow.js";
import { keyHasAnEnvironment } from "./key-has-an-environment.js";
import { keysExpire } from "./keys-expire.js";
import { keysHaveAnHourlyCap } from "./keys-have-an-hourly-cap.js";
import { layoutIsFollowed } from "./layout-is-followed.js";
import { leastPrivilege } from "./least-privilege.js";
import { oneKeyPerPurpose } from "./one-key-per-purpose.js";
import { ownersAreMembers } from "./owners-are-members.js";
import { ownershipIsSpread } from "./ownership-is-spread.js";
import { plainSettingsHoldNoSecrets } from "./plain-settings-hold-no-secrets.js";
import { planQuota } from "./plan-quota.js";
import { pricesRiseWithTheTier } from "./prices-rise-with-the-tier.js";
import { privateStaysPrivate } from "./private-stays-private.js";
import { productProjectsAreJustified } from "./product-projects-are-justified.js";
import { productionCredentialIsSeparate } from "./production-credential-is-separate.js";
import { productionEnvironmentIsNotHarmed } from "./production-environment-is-not-harmed.js";
import { productionIsCapped } from "./production-is-capped.js";
import { productionKeyBelongsToAService } from "./production-key-belongs-to-a-service.js";
import { productionKeyHasOneOwnerAndConsumer } from "./production-key-has-one-owner-and-consumer.js";
import { productionKeyIsLocked } from "./production-key-is-locked.js";
import { projectHasAnOwner } from "./project-has-an-owner.js";
import { projectHasOneWorkload } from "./project-has-one-workload.js";
import { projectIsReadyForLaunch } from "./project-is-ready-for-launch.js";
import { projectNamesAreRecognizable } from "./project-names-are-recognizable.js";
import { providerKeysAreNotMixed } from "./provider-keys-are-not-mixed.js";
import { rolesInUseAreDeclared } from "./roles-in-use-are-declared.js";
import { routingPoliciesAreKnown } from "./routing-policies-are-known.js";
import { sessionsAreBounded } from "./sessions-are-bounded.js";
import { singleSignOnIsRequired } from "./single-sign-on-is-required.js";
import { smartRoutingIsNotAssumed } from "./smart-routing-is-not-assumed.js";
import { stagingIsTighterThanProduction } from "./staging-is-tighter-than-production.js";
import { tiersUseRegisteredModels } from "./tiers-use-registered-models.js";
import { unusedProjectsAreArchived } from "./unused-projects-are-archived.js";
import { webhooksAreSafe } from "./webhooks-are-safe.js";

/** Every guardrail there is. Adding one: its file, its test, one line here and one in the list. */
export const RULES: readonly Rule[] = [
  administratorsAreFew,
  alertsAreFew,
  alertsStandBelowLimits,
  archivedProjectsAreEmpty,
  archivedProjectsHaveAReason,
  budgetsAddUp,
  capsFitInTheirParents,
  credentialsHaveARotationOwner,
  customRolesCannotGrow,
  environmentPaceIsBounded,
  exceptionsAreInForce,
  experimentsStayOutOfProduction,
  fallbacksDiffer,
  fewProjectsEarly,
  highRiskKeysAreNarrow,
  keyHasAnEnvironment,
  keysExpire,
  keysHaveAnHourlyCap,
  layoutIsFollowed,
  leastPrivilege,
  oneKeyPerPurpose,
  ownershipIsSpread,
  ownersAreMembers,
  plainSettingsHoldNoSecrets,
  planQuota,
  pricesRiseWithTheTier,
  privateStaysPrivate,
  productProjectsAreJustified,
  productionCredentialIsSeparate,
  productionEnvironmentIsNotHarmed,
  productionIsCapped,
  productionKeyBelongsToAService,
  productionKeyHasOneOwnerAndConsumer,
  productionKeyIsLocked,
  projectHasAnOwner,
  projectHasOneWorkload,
  projectIsReadyForLaunch,
  projectNamesAreRecognizable,
  providerKeysAreNotMixed,
  rolesInUseAreDeclared,
  routingPoliciesAreKnown,
  sessionsAreBounded,
  singleSignOnIsRequired,
  smartRoutingIsNotAssumed,
  stagingIsTighterThanProduction,
  tiersUseRegisteredModels,
  unusedProjectsAreArchived,
  webhooksAreSafe,
];
