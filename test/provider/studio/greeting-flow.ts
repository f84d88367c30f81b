/** A flow that greets, asks for a digit, and hands the call on: 1 to `billing`, everybody else to `sales`. */
export function greetingFlow(change: { readonly say?: string; readonly one?: string } = {}) {
  const { say = 'Good morning', one = 'billing' } = change
  return {
    description: 'The main line',
    states: [
      {
        name: 'Trigger',
        type: 'trigger',
        transitions: [
          { event: 'incomingMessage' },
          { next: 'greeting', event: 'incomingCall' },
          { event: 'incomingRequest' },
        ],
        properties: { offset: { x: 0, y: 0 } },
      },
      {
        name: 'greeting',
        type: 'gather-input-on-call',
        transitions: [
          { next: 'menu', event: 'keypress' },
          { event: 'speech' },
          { next: 'sales', event: 'timeout' },
        ],
        properties: {
          say,
          loop: 1,
          timeout: 5,
          stop_gather: true,
          finish_on_key: '#',
          number_of_digits: 1,
          offset: { x: 20, y: 200 },
        },
      },
      {
        name: 'menu',
        type: 'split-based-on',
        transitions: [
          { next: 'sales', event: 'noMatch' },
          {
            next: one,
            event: 'match',
            conditions: [
              {
                friendly_name: 'If value equal_to 1',
                arguments: ['{{widgets.greeting.Digits}}'],
                type: 'equal_to',
                value: '1',
              },
            ],
          },
        ],
        properties: { input: '{{widgets.greeting.Digits}}', offset: { x: 40, y: 400 } },
      },
      queue('billing', 'Billing'),
      queue('sales', 'Sales'),
    ],
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
  }
}

/** The flow with other words. */
export function answering(say: string) {
  return greetingFlow({ say })
}

function queue(name: string, queueName: string) {
  return {
    name,
    type: 'enqueue-call',
    transitions: [
      { event: 'callComplete' },
      { event: 'failedToEnqueue' },
      { event: 'callFailure' },
    ],
    properties: { queue_name: queueName, offset: { x: 60, y: 600 } },
  }
}
