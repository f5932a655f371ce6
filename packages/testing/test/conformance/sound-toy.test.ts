import { describeConnector } from '@crossdock/testing/conformance';
import { toySuite } from './toy/suite.ts';

describeConnector('a sound connector', toySuite());
