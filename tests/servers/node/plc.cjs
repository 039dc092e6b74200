// The directory of Bluesky's identities (did:plc), in memory.
const { Database, PlcServer } = require('@did-plc/server')

PlcServer.create({ db: Database.mock(), port: Number(process.env.PLC_PORT), version: 'test' }).start()
