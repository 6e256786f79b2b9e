import { integer } from "../../../schema/field.js";
import { defineRule, setting } from "../rule.js";

const BOUNDED = [
  { field: "sessionMinutes", bound: "maxMinutes", means: "lets a session last" },
  { field: "idleMinutes", bound: "maxIdleMinutes", means: "keeps an unused session open for" },
] as const;

export const sessionsAreBounded = defineRule({
  name: "sessions-are-bounded",
  title: "A session ends within half a day, and an unused one within an hour",
  why: "A session that goes on for days is a key to the whole organization on every machine that was ever signed in.",
  enforces: [],
  level: "mandatory",
  alone: "SecurityPolicy",
  settings: {
    maxMinutes: setting(integer({ minimum: 1 }), 720, 480),
    maxIdleMinutes: setting(integer({ minimum: 1 }), 60, 30),
  },
  check: (view, { settings }) =>
    view.of("SecurityPolicy").flatMap((policy) =>
      BOUNDED.flatMap(({ field, bound, means }) => {
        const minutes = policy.inputs[field];
        if (typeof minutes !== "number" || minutes <= settings[bound] || !view.offers(policy, field)) return [];
        return [
          {
            object: policy,
            property: field,
            what: `${means} ${minutes} minutes; at most ${settings[bound]} are meant`,
            advice: `Write \`${field}: ${settings[bound]}\`.`,
          },
        ];
      }),
    ),
  fix: (inputs, settings) => ({
    ...inputs,
    ...Object.fromEntries(
      BOUNDED.flatMap(({ field, bound }) => {
        const minutes = inputs[field];
        return typeof minutes === "number" && minutes > settings[bound] ? [[field, settings[bound]]] : [];
      }),
    ),
  }),
  example: {
    bad: "security: { sessionMinutes: 10080 }",
    good: "security: { sessionMinutes: 480, idleMinutes: 30 }",
  },
});
