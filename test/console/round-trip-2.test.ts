import { describeRoundTrip } from './describe-round-trip.ts'

describeRoundTrip(9, 17)
