/** Light, dark, or as the system has it. */

/** @param {"auto" | "light" | "dark"} theme */
export function showTheme(theme) {
  const { dataset } = document.documentElement;
  if (theme === "auto") delete dataset.theme;
  else dataset.theme = theme;
}
