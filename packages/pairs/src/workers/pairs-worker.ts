/** The program of a worker that resolves letters. */
import { installModel, type InstalledModel } from "@pith/core/models";
import { serve } from "@pith/core/workers";
import { letterSteps, type LettersTask } from "./letters-task.ts";

serve<LettersTask, InstalledModel>(letterSteps, installModel);
