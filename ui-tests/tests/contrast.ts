import type { Locator } from '@playwright/test';

/** What WCAG asks of text of this size. */
const LEAST = 4.5;

/** Words that stand out too little from what is behind them, with how much they do. */
export async function faintWords(room: Locator): Promise<string[]> {
  return room.evaluate((node, least) => {
    type Colour = [number, number, number, number];
    const read = (text: string): Colour => {
      const [r, g, b, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
      return [r, g, b, a];
    };
    const over = (top: Colour, ground: Colour): Colour => {
      const mix = (i: number) => top[i] * top[3] + ground[i] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const groundOf = (one: Element | null): Colour =>
      one
        ? over(
            read(getComputedStyle(one).backgroundColor),
            groundOf(one.parentElement)
          )
        : [255, 255, 255, 1];
    const lightOf = (colour: Colour) => {
      const [r, g, b] = colour
        .map(part => part / 255)
        .map(p => (p <= 0.03928 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const contrastOf = (one: Element) => {
      const ground = groundOf(one);
      const text = over(read(getComputedStyle(one).color), ground);
      const lights = [lightOf(text), lightOf(ground)];
      return Math.max(...lights) / Math.min(...lights);
    };
    const hasWords = (one: Element) =>
      [...one.childNodes].some(
        child => child.nodeType === 3 && child.textContent?.trim()
      );
    return [...node.querySelectorAll('*')]
      .filter(one => hasWords(one) && !one.closest(':disabled'))
      .map(one => ({ words: one.textContent, contrast: contrastOf(one) }))
      .filter(({ contrast }) => contrast < least)
      .map(({ contrast, words }) => `${contrast.toFixed(2)}: ${words}`);
  }, LEAST);
}
