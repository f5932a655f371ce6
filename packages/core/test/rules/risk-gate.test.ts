import { describe, expect, it } from 'vitest';
import { asAdvised, riskGate, type OrderRisk, type RiskPolicy } from '@crossdock/core/model';
import { order } from './full-order.ts';

const seen = (...levels: OrderRisk['assessments'][number]['level'][]) =>
  levels.map((level) => ({ level, facts: ['The card was used for five orders today.'] }));

const gate = (risk?: OrderRisk, policy: RiskPolicy = asAdvised) => riskGate(order(risk && { risk }), policy);

describe('riskGate', () => {
  it('follows the advice of the channel, whatever was seen', () => {
    const levels = seen('high', 'none');

    expect(gate({ advice: 'accept', assessments: levels })).toEqual({ pass: true });
    expect(gate({ advice: 'investigate', assessments: levels })).toMatchObject({
      pass: false,
      finding: { code: 'risk.open', path: 'risk', risk: 'investigate', refs: [{ id: '7' }] },
    });
    expect(gate({ advice: 'cancel', assessments: levels })).toMatchObject({
      pass: false,
      finding: { code: 'risk.refused', risk: 'cancel' },
    });
  });

  it('goes by the worst that was seen where there is no advice, and waits while somebody is still looking', () => {
    expect(gate({ assessments: seen('none', 'low') }).pass).toBe(true);
    expect(gate({ assessments: seen('low', 'medium') })).toMatchObject({ finding: { risk: 'medium' } });
    expect(gate({ assessments: seen('low', 'high', 'medium') })).toMatchObject({ finding: { risk: 'high' } });
    expect(gate({ assessments: seen('low', 'pending') })).toMatchObject({ finding: { risk: 'pending' } });
  });

  it('lets pass what no channel says anything of, unless the policy minds', () => {
    expect(gate().pass).toBe(true);
    expect(gate({ assessments: [] }).pass).toBe(true);
    expect(gate(undefined, { ...asAdvised, unstated: 'wait' })).toMatchObject({ finding: { risk: 'unstated' } });
  });

  it('repeats nothing in its message that was seen of the buyer', () => {
    const found = gate({ advice: 'cancel', assessments: seen('high') });

    expect(found.pass || found.finding.message).not.toContain('card');
  });
});
