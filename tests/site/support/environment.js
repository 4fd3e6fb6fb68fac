/** What `cargo xtask` tells the scripts in this folder. */

/** The value of an environment variable that has to be set. */
export function variable(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run the tests with \`cargo xtask site\``);
  return value;
}
