// The photo desk: files dropped on it or chosen are taken in one by one, and photos are chosen in the list.

import { offerChoosing } from "./choosing.js";
import { offerUploads } from "./uploads.js";

offerUploads();
offerChoosing();
