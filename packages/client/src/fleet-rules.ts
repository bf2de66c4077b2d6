import type { MessageV1, Problem } from '@pabal/message';
import type { FleetCatalogue } from '@pabal/queues';

/** The route of a message whose sender names none. */
export const DEFAULT_ROUTE = 'default';

/**
 * Why this fleet would not take a message on this route; empty when it would. Pure. Without a catalogue (no process of
 * the fleet has ever started on this Redis) only what every fleet has is allowed: the route `default`, no `replyTo`
 * and no `webhook`.
 */
export function fleetProblems(
  message: MessageV1,
  route: string,
  catalogue: FleetCatalogue | undefined,
): Problem[] {
  const whole = [
    ...routeProblems(message, route, catalogue),
    ...gatewayProblems(message, catalogue),
    ...replyProblems(message, catalogue),
    ...webhookProblems(message, catalogue),
  ];
  // What is wrong with the route is said once.
  const steps = (message.fallback ?? []).flatMap((step, place) =>
    [...carriedProblems(step, route, catalogue), ...gatewayProblems(step, catalogue)].map((problem) => ({
      ...problem,
      field: `fallback.${place}.${problem.field}`,
    })),
  );
  return [...whole, ...steps];
}

function routeProblems(message: MessageV1, route: string, catalogue: FleetCatalogue | undefined): Problem[] {
  const known = catalogue?.routes[route];
  if (!known) {
    if (!catalogue && route === DEFAULT_ROUTE) return [];
    const limit = catalogue ? Object.keys(catalogue.routes).join(', ') : DEFAULT_ROUTE;
    return [{ field: 'route', rule: 'unknown-route', message: 'the fleet has no route of this name', limit }];
  }
  return carriedProblems(message, route, catalogue);
}

/** What a message and each of its steps is sent by. */
type Way = Pick<MessageV1, 'channel' | 'gateway'>;

function carriedProblems(
  { channel, gateway }: Way,
  route: string,
  catalogue: FleetCatalogue | undefined,
): Problem[] {
  const known = catalogue?.routes[route];
  if (!known || gateway !== undefined || known.channels.includes(channel)) return [];
  return [unsupported('no gateway of this route carries it', known.channels, channel)];
}

function gatewayProblems(message: Way, catalogue: FleetCatalogue | undefined): Problem[] {
  if (message.gateway === undefined || !catalogue) return [];
  const gateway = catalogue.gateways[message.gateway];
  if (!gateway) {
    const limit = Object.keys(catalogue.gateways).join(', ');
    return [
      { field: 'gateway', rule: 'unknown-gateway', message: 'the fleet has no gateway of this name', limit },
    ];
  }
  if (gateway.channels.includes(message.channel)) return [];
  return [unsupported('this gateway does not carry it', gateway.channels, message.channel)];
}

function unsupported(message: string, channels: readonly string[], actual: string): Problem {
  return { field: 'channel', rule: 'unsupported-channel', message, limit: channels.join(', '), actual };
}

function replyProblems(message: MessageV1, catalogue: FleetCatalogue | undefined): Problem[] {
  if (message.replyTo === undefined || catalogue?.replies.includes(message.replyTo)) return [];
  return [
    {
      field: 'replyTo',
      rule: 'undeclared-reply',
      message: 'replyTo names a queue that the fleet does not declare',
      limit: catalogue?.replies.join(', ') ?? '',
    },
  ];
}

function webhookProblems({ webhook }: MessageV1, catalogue: FleetCatalogue | undefined): Problem[] {
  const declared = catalogue?.webhooks ?? [];
  if (webhook === undefined || declared.includes(webhook.name)) return [];
  return [
    {
      field: 'webhook.name',
      rule: 'undeclared-webhook',
      message: 'webhook.name names a webhook that the fleet does not declare',
      limit: declared.join(', '),
    },
  ];
}
