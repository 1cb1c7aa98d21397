// What the edit page says.

import { wordsIn } from "../wording.js";

export const { word, counted } = wordsIn("story-words");
