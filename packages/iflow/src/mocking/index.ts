/** What takes the place of other systems: receivers that answer as they are told, senders of adapters that do not exist yet. */

export {
  type AnswerCall,
  type MockOptions,
  mockChannels,
  type ReceiverAnswer,
  type ReceiverCall,
} from './mock-channels.ts'
export { MockedReceivers, type ReceiverScript, type ScriptedAnswer } from './mocked-receivers.ts'
