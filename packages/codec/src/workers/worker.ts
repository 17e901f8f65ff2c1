/** The program of a worker that codes blocks. */
import { serve } from "@pith/core/workers";
import { install, type Installed } from "./install.ts";
import { fromMessage, spentBy, type TaskMessage } from "./messages.ts";
import { stepsOf } from "./tasks.ts";

serve<TaskMessage, Installed>((message) => stepsOf(fromMessage(message)), install, spentBy);
