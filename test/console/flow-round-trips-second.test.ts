import { testRoundTrips } from './flow-round-trips.ts'

testRoundTrips(1, 3)
