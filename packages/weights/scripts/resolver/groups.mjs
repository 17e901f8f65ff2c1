/** The letters that share codes in the models: found by search. */
export const GROUPS = {
  pairs: "av bn cy du ew fi gh kp mo jt lx rz sq",
  sixes: "iklpy cefg brsxz jnoq htuv admw",
};
