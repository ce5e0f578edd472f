import { createColors } from "picocolors";

export type Palette = ReturnType<typeof createPalette>;

/** Terminal colours, or none. */
export function createPalette(color: boolean) {
  return createColors(color);
}
