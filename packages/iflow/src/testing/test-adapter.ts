import { type Adapter, defineAdapter } from '../compile/adapter.ts'
import { flag, text } from '../compile/props.ts'
import { Body } from '../run/body.ts'
import { Failure } from '../run/failure.ts'
import { asText } from '../run/value.ts'

/** A receiver that answers with an expression, waiting for nothing; or after a promise; or that fails. */
export const testAdapter: Adapter = defineAdapter({
  type: 'Test',
  label: 'Test',
  doc: 'A receiver for tests.',
  receiver: {
    doc: 'Answers as its properties say and sets header `Answered`.',
    versions: { from: '1.0', to: '1.0' },
    channel: { version: '1.0.0', transportProtocol: 'Test', messageProtocol: 'None' },
    props: {
      reply: text('Reply', 'The answer, a Simple expression.', { default: '' }),
      waits: flag('Waits', 'Whether the answer comes after a promise.', { default: false }),
      fails: text('Fails', 'The text of a failure, instead of an answer.', { default: '' }),
    },
    compile: async ({ reply, waits, fails }, context) => {
      const answer = await context.value('simple', reply)
      return (
        answer &&
        ((exchange, scope) => {
          const act = () => {
            if (fails !== '') throw new Failure(fails, { code: 'receiver', retry: 'later' })
            exchange.body = Body.of(asText(answer(exchange, scope)))
            exchange.headers.set('Answered', 'yes')
          }
          return waits ? Promise.resolve().then(act) : act()
        })
      )
    },
  },
  examples: [{ title: 'An echo', direction: 'Receiver', properties: { reply: '${in.body}' } }],
})
