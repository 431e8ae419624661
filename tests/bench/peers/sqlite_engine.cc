// SQLite with FTS5, set up as well as we know how: README.md says what and why.
#include <sqlite3.h>

#include <cctype>
#include <utility>

#include "tests/bench/peers/engine.h"

namespace daftar::bench {
namespace {

constexpr const char kSchema[] = R"(
  CREATE TABLE record (rid INTEGER PRIMARY KEY, id BLOB NOT NULL, kind INTEGER NOT NULL, day INTEGER NOT NULL,
                       listed INTEGER NOT NULL, country TEXT NOT NULL, title TEXT NOT NULL, body BLOB NOT NULL);
  CREATE TABLE part (actor BLOB NOT NULL, newest INTEGER NOT NULL, PRIMARY KEY (actor, newest)) WITHOUT ROWID;
  CREATE TABLE span (newest INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);
  CREATE VIRTUAL TABLE fts USING fts5(name, body, country, content='', detail=full, prefix='3 4',
                                      tokenize='unicode61 remove_diacritics 2');
  INSERT INTO fts (fts, rank) VALUES ('rank', 'bm25(5.0, 1.0, 0.0)');
  INSERT INTO fts (fts, rank) VALUES ('hashsize', 67108864);
)";
// Made when the rows are there, which is faster than one by one.
constexpr const char kIndexes[] = R"(
  CREATE UNIQUE INDEX record_id ON record (id);
  CREATE INDEX record_listed ON record (kind, listed);
  CREATE INDEX record_country ON record (country, listed);
)";

class Database {
 public:
  ~Database() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }
  Status Open(const std::string& path) {
    return Check(sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr), "opening");
  }
  Status Run(const char* sql) { return Check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr), sql); }
  StatusOr<sqlite3_stmt*> Prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    DAFTAR_RETURN_IF_ERROR(
        Check(sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr), sql));
    statements_.push_back(statement);
    return statement;
  }
  Status Check(int code, std::string_view doing) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return OkStatus();
    return Internal(std::string("SQLite, ").append(doing).append(": ").append(sqlite3_errmsg(db_)));
  }
  // Runs a statement that gives no rows.
  Status Step(sqlite3_stmt* statement) {
    const Status done = Check(sqlite3_step(statement), "writing");
    sqlite3_reset(statement);
    return done;
  }

 private:
  sqlite3* db_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
};

void Bind(sqlite3_stmt* statement, int at, std::string_view bytes) {
  sqlite3_bind_blob64(statement, at, bytes.data(), bytes.size(), SQLITE_STATIC);
}
void BindText(sqlite3_stmt* statement, int at, const std::string& text) {
  sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

// A word that no text has.
std::string CountryWord(const std::string& country) { return "xcountry" + country + "x"; }

Status LoadRecords(const Corpus& corpus, Database& db, CpuTimer& timer) {
  DAFTAR_ASSIGN_OR_RETURN(sqlite3_stmt* const record,
                          db.Prepare("INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  DAFTAR_ASSIGN_OR_RETURN(sqlite3_stmt* const part, db.Prepare("INSERT INTO part VALUES (?1, ?2)"));
  DAFTAR_RETURN_IF_ERROR(db.Run("BEGIN"));
  const auto add = [&](const BenchDoc& doc) -> Status {
    const std::string country = doc.countries.empty() ? "" : doc.countries[0];
    sqlite3_bind_int64(record, 1, doc.rid);
    Bind(record, 2, doc.id);
    sqlite3_bind_int64(record, 3, doc.searchable ? doc.kind : 0);  // what is retired stands in no list
    sqlite3_bind_int64(record, 4, doc.day);
    sqlite3_bind_int64(record, 5, ListKey(doc.day, doc.rid));
    BindText(record, 6, country);
    BindText(record, 7, doc.title);
    Bind(record, 8, doc.stored);
    DAFTAR_RETURN_IF_ERROR(db.Step(record));
    if (!doc.searchable) return OkStatus();
    for (const std::string& actor : doc.actors) {
      Bind(part, 1, actor);
      sqlite3_bind_int64(part, 2, NewestKey(doc.day, doc.rid));
      DAFTAR_RETURN_IF_ERROR(db.Step(part));
    }
    return OkStatus();
  };
  DAFTAR_RETURN_IF_ERROR(FeedTimed(corpus, InOrderOfRid(corpus), timer, add));
  timer.Start();
  DAFTAR_RETURN_IF_ERROR(db.Run("COMMIT"));
  DAFTAR_RETURN_IF_ERROR(db.Run(kIndexes));
  timer.Stop();
  return OkStatus();
}

// In order of its rowids, which are NewestKey: the newest first is then the order that FTS5 has its rows in.
Status LoadTexts(const Corpus& corpus, Database& db, CpuTimer& timer) {
  DAFTAR_ASSIGN_OR_RETURN(sqlite3_stmt* const text,
                          db.Prepare("INSERT INTO fts (rowid, name, body, country) VALUES (?1, ?2, ?3, ?4)"));
  DAFTAR_ASSIGN_OR_RETURN(sqlite3_stmt* const span, db.Prepare("INSERT INTO span VALUES (?1, ?2, ?3)"));
  DAFTAR_RETURN_IF_ERROR(db.Run("BEGIN"));
  std::string name, body, country;
  const auto add = [&](const BenchDoc& doc) -> Status {
    if (!doc.searchable) return OkStatus();
    name.clear();
    body.clear();
    country.clear();
    for (const BenchDoc::Text& own : doc.texts) (own.name ? name : body).append(own.text).append("\n");
    for (const std::string& own : doc.countries) country.append(CountryWord(own)).append(" ");
    sqlite3_bind_int64(text, 1, NewestKey(doc.day, doc.rid));
    BindText(text, 2, name);
    BindText(text, 3, body);
    BindText(text, 4, country);
    sqlite3_bind_int64(span, 1, NewestKey(doc.day, doc.rid));
    sqlite3_bind_int64(span, 2, doc.first_day);
    sqlite3_bind_int64(span, 3, doc.last_day);
    DAFTAR_RETURN_IF_ERROR(db.Step(span));
    return db.Step(text);
  };
  DAFTAR_RETURN_IF_ERROR(FeedTimed(corpus, corpus.ByDay(), timer, add));
  timer.Start();
  DAFTAR_RETURN_IF_ERROR(db.Run("COMMIT"));
  DAFTAR_RETURN_IF_ERROR(db.Run("INSERT INTO fts (fts) VALUES ('optimize')"));
  DAFTAR_RETURN_IF_ERROR(db.Run("ANALYZE"));
  timer.Stop();
  return OkStatus();
}

Status Load(const Corpus& corpus, const std::string& folder, LoadTimes& times) {
  Database db;
  DAFTAR_RETURN_IF_ERROR(db.Open(folder + "/peer.db"));
  DAFTAR_RETURN_IF_ERROR(db.Run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000"));
  DAFTAR_RETURN_IF_ERROR(db.Run(kSchema));
  DAFTAR_RETURN_IF_ERROR(LoadRecords(corpus, db, times.records));
  DAFTAR_RETURN_IF_ERROR(LoadTexts(corpus, db, times.texts));
  // Without the pages that merging gave back; not part of the time.
  return db.Run("VACUUM");
}

class SqliteEngine final : public Engine {
 public:
  Status Open(const std::string& folder) {
    DAFTAR_RETURN_IF_ERROR(db_.Open(folder + "/peer.db"));
    DAFTAR_RETURN_IF_ERROR(db_.Run("PRAGMA cache_size=-1000000; PRAGMA mmap_size=8000000000"));
    static const std::string kWithDays =
        "FROM fts CROSS JOIN span ON span.newest = fts.rowid WHERE fts MATCH ?1 AND span.first <= ?4 AND span.last >= "
        "?3 ";
    DAFTAR_ASSIGN_OR_RETURN(ranked_,
                            db_.Prepare(("SELECT fts.rowid " + kWithDays + "ORDER BY fts.rank LIMIT ?2").c_str()));
    DAFTAR_ASSIGN_OR_RETURN(
        newest_, db_.Prepare(("SELECT fts.rowid " + kWithDays + "ORDER BY fts.rowid DESC LIMIT ?2").c_str()));
    DAFTAR_ASSIGN_OR_RETURN(count_, db_.Prepare(("SELECT count(*) " + kWithDays + "AND ?2").c_str()));
    DAFTAR_ASSIGN_OR_RETURN(all_ranked_,
                            db_.Prepare("SELECT rowid FROM fts WHERE fts MATCH ?1 ORDER BY rank LIMIT ?2"));
    DAFTAR_ASSIGN_OR_RETURN(all_newest_,
                            db_.Prepare("SELECT rowid FROM fts WHERE fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2"));
    DAFTAR_ASSIGN_OR_RETURN(all_count_, db_.Prepare("SELECT count(*) FROM fts WHERE fts MATCH ?1 AND ?2"));
    DAFTAR_ASSIGN_OR_RETURN(actor_,
                            db_.Prepare("SELECT newest FROM part WHERE actor = ?1 ORDER BY newest DESC LIMIT ?2"));
    DAFTAR_ASSIGN_OR_RETURN(actor_count_, db_.Prepare("SELECT count(*) FROM part WHERE actor = ?1 AND ?2"));
    DAFTAR_ASSIGN_OR_RETURN(get_, db_.Prepare("SELECT body FROM record WHERE id = ?1"));
    DAFTAR_ASSIGN_OR_RETURN(rows_, db_.Prepare("SELECT id, day, title, country FROM record WHERE kind = 1 "
                                               "ORDER BY listed DESC LIMIT ?1"));
    return OkStatus();
  }

  StatusOr<Answer> Ask(const Question& question) override {
    Answer answer;
    if (!question.actor.empty()) {
      DAFTAR_RETURN_IF_ERROR(Read(actor_, question.actor, question,
                                  [&](int64_t newest) { answer.rids.push_back(RidOfNewestKey(newest)); }));
      if (!question.with_total) return answer;
      DAFTAR_RETURN_IF_ERROR(
          Read(actor_count_, question.actor, question, [&](int64_t n) { answer.total = static_cast<uint64_t>(n); }));
      return answer;
    }
    const std::string match = MatchOf(question);
    const bool days = question.has_days();
    sqlite3_stmt* const list = question.newest ? (days ? newest_ : all_newest_) : (days ? ranked_ : all_ranked_);
    DAFTAR_RETURN_IF_ERROR(
        Read(list, match, question, [&](int64_t newest) { answer.rids.push_back(RidOfNewestKey(newest)); }));
    if (!question.with_total) return answer;
    DAFTAR_RETURN_IF_ERROR(
        Read(days ? count_ : all_count_, match, question, [&](int64_t n) { answer.total = static_cast<uint64_t>(n); }));
    return answer;
  }

  StatusOr<size_t> ReadRecord(std::string_view id) override {
    Bind(get_, 1, id);
    if (sqlite3_step(get_) != SQLITE_ROW) return NotFound("SQLite does not have the record");
    StatusOr<size_t> size = DecodeStored(
        {static_cast<const char*>(sqlite3_column_blob(get_, 0)), static_cast<size_t>(sqlite3_column_bytes(get_, 0))});
    sqlite3_reset(get_);
    return size;
  }

  StatusOr<std::vector<ListRow>> NewestIncidents(size_t limit) override {
    std::vector<ListRow> rows;
    sqlite3_bind_int64(rows_, 1, static_cast<int64_t>(limit));
    const auto text = [this](int column) {
      return std::string(static_cast<const char*>(sqlite3_column_blob(rows_, column)),
                         static_cast<size_t>(sqlite3_column_bytes(rows_, column)));
    };
    while (sqlite3_step(rows_) == SQLITE_ROW) {
      rows.push_back({text(0), sqlite3_column_int(rows_, 1), text(2), text(3)});
    }
    sqlite3_reset(rows_);
    return rows;
  }

 private:
  static std::string MatchOf(const Question& question) {
    std::string match;
    if (question.form == Question::Form::kPhrase) match += '"';
    for (const std::string& word : question.words) {
      match += match.empty() || match == "\"" ? "" : " ";
      match += word;
    }
    if (question.form == Question::Form::kPhrase) match += '"';
    if (question.form == Question::Form::kPrefix) match += '*';
    if (!question.country.empty()) match += " AND " + CountryWord(question.country);
    return match;
  }

  template <typename Take>
  Status Read(sqlite3_stmt* statement, const std::string& first, const Question& question, Take take) {
    if (question.actor.empty()) {
      BindText(statement, 1, first);
    } else {
      Bind(statement, 1, first);
    }
    sqlite3_bind_int64(statement, 2, static_cast<int64_t>(question.limit));
    if (question.has_days() && question.actor.empty()) {
      sqlite3_bind_int64(statement, 3, question.first_day);
      sqlite3_bind_int64(statement, 4, question.last_day);
    }
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) take(sqlite3_column_int64(statement, 0));
    const Status done = db_.Check(code, "asking " + first);
    sqlite3_reset(statement);
    return done;
  }

  Database db_;
  sqlite3_stmt *ranked_, *newest_, *count_, *all_ranked_, *all_newest_, *all_count_, *actor_, *actor_count_, *get_,
      *rows_;
};

StatusOr<std::unique_ptr<Engine>> OpenSqlite(const std::string& folder) {
  auto engine = std::make_unique<SqliteEngine>();
  DAFTAR_RETURN_IF_ERROR(engine->Open(folder));
  return engine;
}

}  // namespace

const EngineKind kSqlite = {"sqlite",
                            "SQLite " SQLITE_VERSION " FTS5, contentless, detail=full, prefix='3 4', optimized; bm25",
                            Load, OpenSqlite};

}  // namespace daftar::bench
