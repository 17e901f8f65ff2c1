/** Whether files can be dropped here: that takes something finer than fingers. */
export const CAN_DROP = matchMedia("(any-pointer: fine)").matches;
