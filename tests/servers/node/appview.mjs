// Bluesky's AppView: it follows one PDS and answers with what it saw there. Its identity goes into appview.did.
import fs from 'node:fs/promises'
import { TestBsky, TestBsync, mockResolvers } from '@atproto/dev-env'

const env = process.env
const [port, pdsPort] = [Number(env.APPVIEW_PORT), Number(env.PDS_PORT)]
const secret = 'for tests'
const bsync = await TestBsync.create({ apiKeys: [secret], dbUrl: env.POSTGRES_URL, dbSchema: 'bsync' })
const appview = await TestBsky.create({
  port,
  plcUrl: env.PDS_DID_PLC_URL,
  pdsPort,
  repoProvider: `ws://localhost:${pdsPort}`,
  bsyncUrl: bsync.url,
  bsyncApiKey: secret,
  dbPostgresUrl: env.POSTGRES_URL,
  dbPostgresSchema: 'appview',
})

// Handles that end in .test are asked of the PDS.
const url = `http://localhost:${pdsPort}`
const pds = { url, port: pdsPort, ctx: { cfg: { service: { publicUrl: url }, identity: { serviceHandleDomains: ['.test'] } } } }
for (const resolver of [appview.ctx.idResolver, appview.dataplane.idResolver]) mockResolvers(resolver, pds)

await fs.writeFile('appview.did', appview.serverDid)
