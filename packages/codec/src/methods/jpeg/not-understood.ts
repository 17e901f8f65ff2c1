/** What is there is no JPEG, or one of a kind that is not taken apart; the message says which. Never leaves the method. */
export class NotUnderstood extends Error {
  override readonly name = "NotUnderstood";
}
