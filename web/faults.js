// Why a question has no answer.

/** The engine answered that it cannot: the message is a line for the reader. */
export class Refusal extends Error {}
/** The engine stopped: it must be made anew before the next question. */
export class Stopped extends Error {}
/** A newer act of the reader came: nobody waits for this answer any more. Not a fault; whoever gets it stops. */
export class Dropped extends Error {}
