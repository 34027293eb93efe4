import { testRoundTrips } from './flow-round-trips.ts'

testRoundTrips(0, 3)
