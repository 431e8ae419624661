// SQLite FTS5 as a finder of records.
#include <sqlite3.h>

#include <algorithm>

#include "storage/search/texts.h"
#include "tests/bench/relevance/finder.h"

namespace daftar::bench {
namespace {

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words{""};
  for (const char c : text) {
    if (c == '"' || c == '*' || c == '\'') continue;
    if (c == ' ' || c == '-') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::erase(words, "");
  return words;
}

std::vector<std::string> TrigramsOf(const std::string& word) {
  std::vector<size_t> starts;
  for (size_t at = 0; at < word.size(); ++at) {
    if ((static_cast<unsigned char>(word[at]) & 0xc0) != 0x80) starts.push_back(at);
  }
  starts.push_back(word.size());
  std::vector<std::string> trigrams;
  for (size_t i = 0; i + 3 < starts.size(); ++i) trigrams.push_back(word.substr(starts[i], starts[i + 3] - starts[i]));
  return trigrams;
}

std::string Joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += between;
    text.append("\"").append(word).append("\"");
  }
  return text;
}

class FtsFinder final : public Finder {
 public:
  FtsFinder(const char* name, bool trigrams) : name_(name), trigrams_(trigrams) {}
  ~FtsFinder() override {
    sqlite3_finalize(ask_);
    sqlite3_close(db_);
  }
  const char* name() const override { return name_; }

  Status Fill(const std::string& tokenizer, const std::vector<Record>& records) {
    sqlite3_open(":memory:", &db_);
    const std::string schema = "CREATE VIRTUAL TABLE fts USING fts5(name, body, tokenize='" + tokenizer +
                               "'); INSERT INTO fts (fts, rank) VALUES ('rank', 'bm25(5.0, 1.0)'); BEGIN";
    DAFTAR_RETURN_IF_ERROR(Check(sqlite3_exec(db_, schema.c_str(), nullptr, nullptr, nullptr)));
    sqlite3_stmt* insert = nullptr;
    DAFTAR_RETURN_IF_ERROR(Check(
        sqlite3_prepare_v2(db_, "INSERT INTO fts (rowid, name, body) VALUES (?1, ?2, ?3)", -1, &insert, nullptr)));
    for (const Record& record : records) {
      ids_.push_back(record.id());
      if (record.retirement() != nullptr) continue;
      std::string name, body;
      for (const search::FieldText& text : search::TextsOf(record)) {
        (text.role == search::TextRole::kName ? name : body).append(text.text).append("\n");
      }
      sqlite3_bind_int64(insert, 1, static_cast<int64_t>(ids_.size()));
      sqlite3_bind_text64(insert, 2, name.data(), name.size(), SQLITE_STATIC, SQLITE_UTF8);
      sqlite3_bind_text64(insert, 3, body.data(), body.size(), SQLITE_STATIC, SQLITE_UTF8);
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    DAFTAR_RETURN_IF_ERROR(Check(sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr)));
    return Check(
        sqlite3_prepare_v2(db_, "SELECT rowid FROM fts WHERE fts MATCH ?1 ORDER BY rank LIMIT ?2", -1, &ask_, nullptr));
  }

  StatusOr<std::vector<Uuid>> Find(const Case& asked, size_t limit) override {
    const std::vector<std::string> words = WordsOf(asked.plain);
    const bool phrase = asked.plain.starts_with('"');
    if (words.empty()) return std::vector<Uuid>();
    std::string all = Joined(words, phrase ? " + " : " ");
    if (!trigrams_ && !phrase && !asked.plain.ends_with(' ')) all += '*';
    DAFTAR_ASSIGN_OR_RETURN(std::vector<Uuid> found, Ask(all, limit));
    if (!found.empty()) return found;
    std::vector<std::string> any = words;
    if (trigrams_) {
      any.clear();
      for (const std::string& word : words) {
        for (std::string& trigram : TrigramsOf(word)) any.push_back(std::move(trigram));
      }
    }
    return any.empty() ? std::move(found) : Ask(Joined(any, " OR "), limit);
  }

 private:
  StatusOr<std::vector<Uuid>> Ask(const std::string& match, size_t limit) {
    sqlite3_bind_text64(ask_, 1, match.data(), match.size(), SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int64(ask_, 2, static_cast<int64_t>(limit));
    std::vector<Uuid> found;
    int code;
    while ((code = sqlite3_step(ask_)) == SQLITE_ROW) {
      found.push_back(ids_[static_cast<size_t>(sqlite3_column_int64(ask_, 0)) - 1]);
    }
    const Status done = Check(code);
    sqlite3_reset(ask_);
    if (!done.ok()) return done;
    return found;
  }
  Status Check(int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE) return OkStatus();
    return Internal(std::string("SQLite: ") + sqlite3_errmsg(db_));
  }

  const char* const name_;
  const bool trigrams_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* ask_ = nullptr;
  std::vector<Uuid> ids_;
};

}  // namespace

StatusOr<std::unique_ptr<Finder>> MakeFtsFinder(const char* name, const char* tokenizer,
                                                const std::vector<Record>& records) {
  auto finder = std::make_unique<FtsFinder>(name, std::string_view(tokenizer) == "trigram");
  DAFTAR_RETURN_IF_ERROR(finder->Fill(tokenizer, records));
  return finder;
}

}  // namespace daftar::bench
