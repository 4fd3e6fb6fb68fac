// The pages can be read without this script. It adds filters and the choice of another day.
"use strict";
