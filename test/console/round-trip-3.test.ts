import { describeRoundTrip } from './describe-round-trip.ts'

describeRoundTrip(18, 25)
