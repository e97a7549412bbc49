/** What must be right before anything is painted: colours, direction, and no words of another language. */

import { preferences } from "../kept/preferences.js";
import { chooseLanguage, directionOf } from "../wording/wording.js";
import { showTheme } from "./theme.js";

const { theme, language } = preferences.get();
const spoken = chooseLanguage(language);

showTheme(theme);
document.documentElement.lang = spoken;
document.documentElement.dir = directionOf(spoken);
if (spoken !== "en") document.documentElement.dataset.wording = "coming";
