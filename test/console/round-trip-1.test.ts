import { describeRoundTrip } from './describe-round-trip.ts'

describeRoundTrip(1, 8)
