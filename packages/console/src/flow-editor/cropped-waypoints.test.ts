import assert from 'node:assert/strict'
import { test } from 'node:test'
import { croppedWaypoints, type Docking } from './cropped-waypoints.ts'

const event: Docking = { x: 0, y: 0, width: 32, height: 32, outline: 'circle' }
const step: Docking = { x: 100, y: -14, width: 100, height: 60, outline: 'rectangle' }
const gateway: Docking = { x: 130, y: 184, width: 40, height: 40, outline: 'diamond' }

test('a connection between middles ends at the outlines', () => {
  const waypoints = [
    { x: 16, y: 16 },
    { x: 150, y: 16 },
  ]
  assert.deepEqual(croppedWaypoints(waypoints, event, step), [
    { x: 32, y: 16, original: waypoints[0] },
    { x: 100, y: 16, original: waypoints[1] },
  ])
})

test('bends inside a shape are left out, others stay', () => {
  const waypoints = [
    { x: 16, y: 16 },
    { x: 20, y: 16 },
    { x: 20, y: 204 },
    { x: 150, y: 204 },
  ]
  assert.deepEqual(croppedWaypoints(waypoints, event, gateway), [
    { x: 20, y: 32, original: waypoints[0] },
    { x: 20, y: 204 },
    { x: 130, y: 204, original: waypoints[3] },
  ])
})

for (const [name, waypoints] of [
  [
    'ends beside the shapes stay',
    [
      { x: 50, y: 16 },
      { x: 80, y: 16 },
    ],
  ],
  [
    'a connection inside of one shape stays',
    [
      { x: 10, y: 16 },
      { x: 20, y: 16 },
    ],
  ],
] as const) {
  test(name, () => assert.deepEqual(croppedWaypoints(waypoints, event, step), waypoints))
}
