import type { Route } from './routes.ts';

export const pageRoutes: readonly Route[] = [];
