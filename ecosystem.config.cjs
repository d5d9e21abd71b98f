// pm2: `pm2 start ecosystem.config.cjs`. One process holds API, dashboard, ticker, inbox watcher and jobs.
const path = require('node:path');
const os = require('node:os');

const root = process.env.MOZIPLUS_ROOT || path.join(os.homedir(), '.moziplus');

module.exports = {
  apps: [
    {
      name: 'moziplus',
      script: process.env.MOZIPLUS_BIN || path.join(os.homedir(), 'bin', 'moziplus'),
      args: ['serve', '--root', root],
      cwd: root,
      interpreter: 'none',
      autorestart: true,
      // Gives up on a daemon that cannot start. pm2 counts only within min_uptime x max_restarts of a start by hand:
      // with its own second it would never count ten, three seconds apart.
      max_restarts: 10,
      min_uptime: 15000,
      restart_delay: 3000,
      // Agents outlive a restart of the daemon, so pm2 must not take them along.
      treekill: false,
      // Time to end streams, loops and writers, each of which may take five seconds.
      kill_timeout: 10000,
      watch: false,
      out_file: path.join(root, 'logs', 'daemon.out.log'),
      error_file: path.join(root, 'logs', 'daemon.err.log'),
    },
  ],
};
