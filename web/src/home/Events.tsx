/** What happened, an event a row, newest first. */
import type { Answer } from '@cadastre/contract/question'
import { Badge } from '../ui/Badge.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'

type Event = Answer<'/api/v1/activity'>['items'][number]

const tones = { deprecated: 'attention', deleted: 'bad', restored: 'info' } as const

export const Events = ({ caption, items }: { caption: string; items: Event[] }) => (
  <Table
    caption={caption}
    rows={items}
    keyOf={({ at, action, type, address, version }) => [at, action, type, address, version].join(' ')}
    columns={[
      {
        head: 'Address',
        isName: true,
        share: '3fr',
        cell: (event) => (
          <Link to={placeOf(event)}>
            <code>{event.address}</code>
          </Link>
        ),
      },
      { head: 'Version', cell: ({ version }) => (version ? <code>{version}</code> : 'all') },
      { head: 'What', cell: ({ action }) => <What action={action} /> },
      { head: 'Kind', share: '0.8fr', cell: ({ type }) => type },
      { head: 'When', cell: ({ at }) => <Time at={at} /> },
      { head: 'By', share: '1.6fr', cell: ({ by }) => by },
    ]}
  />
)

/** What is usual is a word; what is not has a colour as well. */
const What = ({ action }: { action: Event['action'] }) =>
  action === 'published' ? action : <Badge tone={tones[action]}>{action}</Badge>

/** What is deleted has no page of its own: the module or provider says what is left of it. */
function placeOf({ type, address, version, action }: Event): string {
  const place = `/${type}s/${address}`
  return version && action !== 'deleted' ? `${place}/${version}` : place
}
