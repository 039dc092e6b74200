// The directory of Bluesky's identities (did:plc), in memory and on loopback only.
const net = require('node:net')
const { Database, PlcServer } = require('@did-plc/server')

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, port, '127.0.0.1', ...rest)
}

PlcServer.create({ db: Database.mock(), port: Number(process.env.PLC_PORT), version: 'test' }).start()
