import { isCommerceError } from '@crossdock/core';
import { faultBoard, type Fault } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';

const fault: Fault = { kind: 'drop', when: 'after' };

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isCommerceError(error, 'options.invalid')) return error.message;
    throw error;
  }
  return 'nothing was refused';
}

describe('a fault', () => {
  it('is refused where it is set when no call has the name, with the name that was meant', () => {
    const faults = faultBoard(new Set(['orderCapture', 'refundCreate']));
    expect(refusalOf(() => faults.next('OrderCapture', fault))).toContain('Did you mean "orderCapture"?');
    expect(refusalOf(() => faults.always('capture', fault))).toMatch(/"capture".*[^?]$/);
    expect(faults.take('OrderCapture')).toBeUndefined();
    expect(faults.take('capture')).toBeUndefined();
  });

  it('is set for a call by its name, and for any call', () => {
    const faults = faultBoard(new Set(['orderCapture']));
    faults.next('orderCapture', fault);
    expect([faults.take('refundCreate'), faults.take('orderCapture')]).toEqual([undefined, fault]);
    const stop = faults.always('*', fault);
    expect(faults.take('refundCreate')).toBe(fault);
    stop();
    expect(faults.take('refundCreate')).toBeUndefined();
  });

  it('may have any name where the names of calls are not known', () => {
    const faults = faultBoard();
    faults.next('whatever', fault);
    expect(faults.take('whatever')).toBe(fault);
  });
});
