import * as z from 'zod';
import { momentSchema } from './moment.ts';
import { anyRefSchema } from './ref.ts';

/** Two records in two systems that are the same thing, or one made for the other. */
export const linkSchema = z.object({ one: anyRefSchema, other: anyRefSchema, linkedAt: momentSchema }).readonly();
export type Link = z.infer<typeof linkSchema>;
