import { z } from 'zod';

/** Marks a string of the configuration as the name of a label, for the check that such labels exist (`lint.ts`). */
export const LABEL_FORMAT = 'label-name';

/** Name of a label as GitHub allows it: 1–50 characters. Use it for every option that names one. */
export const LabelName = z.string().min(1).max(50).meta({ format: LABEL_FORMAT });
