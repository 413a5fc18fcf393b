export type { Violation } from './contract.ts';
export type { DeliveryRecord, WebhookTarget } from './deliveries.ts';
export { type EmbeddedGitHub, type EmbeddedOptions, startEmbeddedGitHub } from './embedded.ts';
export type { ApiFault, DeliveryFault, FaultPlan } from './faults.ts';
export type { EmbeddedComment, EmbeddedItem, Person } from './people.ts';
export type { EmbeddedSeed, SeedApp, SeedPerson, SeedRepository } from './seed.ts';
