export {
  type ConfigurableKind,
  type ConfiguredGateway,
  type PabalConfig,
  type ParseConfigOptions,
  parseConfig,
} from './config.js';
export { ConfigError, type Mistake } from './config-error.js';
export { isLoopback } from './config-rules.js';
export { API_SCOPES, type ApiScope, type Sections } from './config-schema.js';
export { configPath, DEFAULT_CONFIG_PATH, type LoadConfigOptions, loadConfig } from './load-config.js';
export { createLogger, type Logger, type LoggerOptions, type LogLevel } from './logger.js';
export { runService, type ServiceHost, type ServiceOptions } from './service.js';
export {
  OrderedShutdown,
  type ShutdownOptions,
  type ShutdownStep,
  ShutdownStepFailed,
  ShutdownTimeout,
  type StepOutcome,
} from './shutdown.js';
export { type SignalSource, type StopOptions, stopOnSignals } from './signals.js';
export type { Substitutes } from './yaml-source.js';
