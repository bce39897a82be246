// The part of npm's sqlite3 that Waline uses, by sql.js: SQLite as WebAssembly, which nobody has to compile. The server
// forks: every process reads the file before each statement, and writes it after each that changes something.
const fs = require("fs");
const ready = require("sql.js")();

class Database {
  constructor(path, opened) {
    this.path = path;
    ready.then(() => opened(null), opened);
  }

  configure() {}

  close() {}

  all(sql, told) {
    this.ask(sql, told, (base) => {
      const rows = [], statement = base.prepare(sql);
      while (statement.step()) rows.push(statement.getAsObject());
      statement.free();
      return [rows];
    });
  }

  run(sql, told) {
    this.ask(sql, told, (base) => {
      base.run(sql);
      const [changes, lastID] = base.exec("SELECT changes(), last_insert_rowid()")[0].values[0];
      fs.writeFileSync(this.path, base.export());
      return [undefined, { changes, lastID }];
    });
  }

  async ask(sql, told, work) {
    let answer = [];
    try {
      const { Database: Base } = await ready, base = new Base(fs.readFileSync(this.path));
      try {
        answer = [null, ...work(base)];
      } finally {
        base.close();
      }
    } catch (error) {
      answer = [error];
    }
    told.apply(answer[2], answer.slice(0, 2));
  }
}

const Module = require("module");
const load = Module._load;
Module._load = (name, ...rest) => (name === "sqlite3" ? { Database } : load(name, ...rest));
