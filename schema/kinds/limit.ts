import { integer, number, object, oneOf } from "../field.js";

/** A ceiling on one metric in one window, as models and keys carry it. */
export const limit = object({
  /** What is counted. `cost` is in US dollars. */
  metric: oneOf(["cost", "calls", "inputTokens", "outputTokens", "totalTokens"]),
  /** Usage at which requests are refused; 0 refuses all. */
  value: number({ minimum: 0, cap: true }),
  /** `period` starts anew with the hour, day, week, month or year; `rolling` looks back from now. */
  windowType: oneOf(["period", "rolling"]),
  /** Length of a period window. */
  period: oneOf(["hourly", "daily", "weekly", "monthly", "yearly"], { optional: true }),
  /** Number of units of a rolling window. */
  rollingAmount: integer({ minimum: 1, optional: true }),
  /** Unit of a rolling window. A month is 30 days. */
  rollingUnit: oneOf(["second", "minute", "hour", "day", "week", "month"], { optional: true }),
});
