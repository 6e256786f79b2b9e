export type { Service } from "../profiles/profile.js";
