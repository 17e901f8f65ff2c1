/**
 * What stands in a number: digits, marks between them, and what ends it. Values of 4 bits; in units of 3 bits the first
 * seven are one unit, the others the highest unit and one more, so there is one value less.
 */

// 0 … 9 are the digits.
/** The number ends, nothing follows it. */
export const END_OF_NUMBER: i32 = 10;
/** It ends in a space. */
export const SPACE_AFTER: i32 = 11;
/** It ends in a comma and a space. */
export const COMMA_AFTER: i32 = 12;
// A mark, and the number goes on.
export const POINT: i32 = 13;
export const COMMA: i32 = 14;
export const COLON: i32 = 15;
