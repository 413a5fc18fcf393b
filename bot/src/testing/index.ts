export { type Fault, MemoryGitHub, type MemoryGitHubOptions } from './memory-github.ts';
