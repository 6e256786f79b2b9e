/** Preloaded by a command under test (`onDay`): its clock, and that of all that it starts, is so many whole days off. */
const shiftMs = Number(process.env.SHIFTED_CLOCK_DAYS) * 86_400_000;
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shiftMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + shiftMs;
  }
};
