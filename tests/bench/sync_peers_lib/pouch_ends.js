// The two ends of PouchDB's replication for tests/bench/sync_peers: `server PORT` and `client URL`. Orders come as lines of
// JSON on standard input, each is answered by one line. Databases lie in the working folder.
"use strict";

const fs = require("fs");
const readline = require("readline");
const PouchDB = require("pouchdb");

const now = () => process.hrtime.bigint();

// What the server does. Loading puts documents over those that are there.
function server(port) {
  const Database = PouchDB.defaults({ prefix: process.cwd() + "/" });
  const app = require("express")();
  app.use("/", require("express-pouchdb")(Database, { inMemoryConfig: true, logPath: process.cwd() + "/express.txt" }));
  app.listen(Number(port), "127.0.0.1");
  const records = new Database("records");
  const put = async (docs) => {
    const there = await records.allDocs({ keys: docs.map((doc) => doc._id) });
    there.rows.forEach((row, i) => {
      if (row.value && row.value.rev) docs[i]._rev = row.value.rev;
    });
    for (const result of await records.bulkDocs(docs)) if (result.error) throw new Error(JSON.stringify(result));
  };
  return {
    load: async ({ file }) => {
      const docs = fs.readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
      for (let at = 0; at < docs.length; at += 500) await put(docs.slice(at, at + 500));
      return { loaded: docs.length };
    },
    put: async ({ doc }) => {
      const ns = now();
      await put([doc]);
      return { ns: ns.toString() };
    },
  };
}

function client(url) {
  const remote = new PouchDB(url, { skip_setup: true });
  let watching = null;
  const arrived = [];
  const waiting = [];
  return {
    // Until nothing is left, or until `until` incidents are there, or for `most_ms`.
    pull: ({ database, until, most_ms }) =>
      new Promise((resolve, reject) => {
        const begin = now();
        const local = new PouchDB(database);
        const replication = local.replicate.from(remote, { batch_size: 500 });
        let incidents = 0;
        let enough = 0;
        const ms = () => Number(now() - begin) / 1e6;
        const limit = most_ms && setTimeout(() => replication.cancel(), most_ms);
        replication.on("change", (info) => {
          incidents += (info.docs || []).filter((doc) => doc.kind === "incident").length;
          if (until && incidents >= until && !enough) {
            enough = ms();
            replication.cancel();
          }
        });
        replication.on("complete", (info) => {
          clearTimeout(limit);
          resolve({ ms: enough || ms(), written: info.docs_written, enough: enough > 0 });
        });
        replication.on("error", reject);
      }),
    watch: ({ database }) =>
      new Promise((resolve) => {
        const local = new PouchDB(database);
        local.changes({ since: "now", live: true }).on("change", () => {
          const ns = now();
          if (waiting.length) waiting.shift()(ns);
          else arrived.push(ns);
        });
        watching = local.replicate.from(remote, { live: true, retry: true });
        watching.once("paused", () => resolve({}));
      }),
    next: async () => ({
      ns: (arrived.length ? arrived.shift() : await new Promise((resolve) => waiting.push(resolve))).toString(),
    }),
    unwatch: () =>
      new Promise((resolve) => {
        watching.on("complete", () => resolve({}));
        watching.cancel();
      }),
    end: async () => {
      setTimeout(() => process.exit(0), 20);
      return {};
    },
  };
}

const [role, word] = process.argv.slice(2);
const orders = role === "server" ? server(word) : client(word);
const input = readline.createInterface({ input: process.stdin });
let last = Promise.resolve();
input.on("line", (line) => {
  last = last.then(async () => {
    let answer;
    try {
      const order = JSON.parse(line);
      answer = await orders[order.do](order);
    } catch (error) {
      answer = { error: String(error && (error.stack || error.message || JSON.stringify(error))) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  });
});
input.on("close", () => process.exit(0));
