/** A logit as a probability, 0..1. Pure. */
export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))
