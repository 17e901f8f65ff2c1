/** How distances and characters are shown. */

/** `+1`, `−4` */
export function signed(distance: number): string {
  return distance > 0 ? `+${distance}` : `−${-distance}`;
}

/** Characters of which each can be seen. */
export function visible(characters: string): string {
  return characters
    .replace(/ /g, "␣")
    .replace(/\n/g, "↵")
    .replace(/\p{Cc}/gu, "·");
}
