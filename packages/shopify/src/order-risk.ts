import type { OrderRisk } from '@crossdock/core';
import { riskAdviceWords, riskLevelWords } from './statuses.ts';
import type { WireOrder } from './wire/order.ts';

/** What Shopify and its apps think of fraud; `undefined` where nobody has looked at the order, and nothing is advised. */
export function toRisk({ name, risk }: Pick<WireOrder, 'name' | 'risk'>): OrderRisk | undefined {
  const record = `The risk of order "${name}"`;
  const advice = riskAdviceWords.decode(risk.recommendation, record);
  if (advice === 'none' && risk.assessments.length === 0) return undefined;
  return {
    ...(advice !== 'none' && { advice }),
    assessments: risk.assessments.map(({ riskLevel, provider, facts }) => ({
      level: riskLevelWords.decode(riskLevel, record),
      ...(provider && { provider: provider.title }),
      facts: facts.map(({ description }) => description),
    })),
  };
}
