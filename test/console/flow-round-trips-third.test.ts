import { testRoundTrips } from './flow-round-trips.ts'

testRoundTrips(2, 3)
