// Xapian, with the same words as Daftar: README.md says how it is set up.
#include <xapian.h>

#include <cstdlib>
#include <optional>
#include <utility>

#include "storage/base/bytes.h"
#include "storage/search/analysis/tokenizer.h"
#include "tests/bench/peers/engine.h"

namespace daftar::bench {
namespace {

constexpr Xapian::valueno kNewest = 0, kFirst = 1, kLast = 2, kRid = 3;
constexpr Xapian::termpos kGap = 8;
constexpr size_t kFlushDocuments = 250'000;

std::string U64(int64_t value) {
  std::string bytes;
  PutU64(bytes, static_cast<uint64_t>(value));
  return bytes;
}
std::string DayBytes(int32_t day) {
  std::string bytes;
  PutU32(bytes, static_cast<uint32_t>(day) ^ 0x80000000u);
  return bytes;
}

// Its library throws; nothing of ours does.
template <typename Work>
auto Caught(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const Xapian::Error& error) {
    return Internal("Xapian: " + error.get_description());
  }
}

Status LoadInto(const Corpus& corpus, const std::string& folder, CpuTimer& timer) {
  const std::string loose = folder + "/loose", compact = folder + "/peer";
  Xapian::WritableDatabase db(loose, Xapian::DB_CREATE | Xapian::DB_DANGEROUS | Xapian::DB_NO_SYNC);
  search::Tokenizer tokenizer;
  std::vector<search::Token> tokens;
  size_t waiting = 0;
  // In order of days, so that documents that are near in time lie near each other.
  const auto add = [&](const BenchDoc& doc) -> Status {
    Xapian::Document document;
    document.set_data(doc.stored);
    document.add_boolean_term("Q" + doc.id);
    document.add_boolean_term("XK" + std::to_string(doc.kind));
    document.add_value(kNewest, U64(NewestKey(doc.day, doc.rid)));
    document.add_value(kFirst, DayBytes(doc.first_day));
    document.add_value(kLast, DayBytes(doc.last_day));
    std::string rid;
    PutU32(rid, doc.rid);
    document.add_value(kRid, rid);
    if (doc.searchable) {
      for (const std::string& country : doc.countries) document.add_boolean_term("XC" + country);
      for (const std::string& actor : doc.actors) document.add_boolean_term("XA" + actor);
      Xapian::termpos position = 1;
      for (const BenchDoc::Text& text : doc.texts) {
        tokenizer.Tokenize(text.text, &tokens);
        for (const search::Token& token : tokens) {
          document.add_posting(std::string(tokenizer.word(token.word)), position++, text.name ? 5 : 1);
        }
        position += kGap;
      }
    }
    db.add_document(document);
    if (++waiting % kFlushDocuments == 0) db.commit();
    return OkStatus();
  };
  DAFTAR_RETURN_IF_ERROR(FeedTimed(corpus, corpus.ByDay(), timer, add));
  timer.Start();
  db.commit();
  db.compact(compact);
  timer.Stop();
  db.close();
  return std::system(("rm -r '" + loose + "'").c_str()) == 0 ? OkStatus() : Internal("cannot remove " + loose);
}

Status Load(const Corpus& corpus, const std::string& folder, LoadTimes& times) {
  setenv("XAPIAN_FLUSH_THRESHOLD", std::to_string(kFlushDocuments).c_str(), 1);
  return Caught([&] { return LoadInto(corpus, folder, times.texts); });
}

class XapianEngine final : public Engine {
 public:
  explicit XapianEngine(const std::string& folder) : db_(folder + "/peer") {}

  StatusOr<Answer> Ask(const Question& question) override {
    return Caught([&]() -> StatusOr<Answer> {
      Xapian::Enquire enquire(db_);
      enquire.set_query(QueryOf(question));
      if (question.newest) {
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.set_sort_by_value(kNewest, true);
      }
      const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(question.limit),
                                                  question.with_total ? db_.get_doccount() : 0);
      Answer answer;
      answer.total = found.get_matches_estimated();
      for (auto hit = found.begin(); hit != found.end(); ++hit) {
        const std::string value = hit.get_document().get_value(kRid);
        std::string_view bytes = value;
        uint32_t rid = 0;
        TakeU32(bytes, rid);
        answer.rids.push_back(rid);
      }
      return answer;
    });
  }

  StatusOr<size_t> ReadRecord(std::string_view id) override {
    return Caught([&]() -> StatusOr<size_t> {
      const std::string term = "Q" + std::string(id);
      const auto at = db_.postlist_begin(term);
      if (at == db_.postlist_end(term)) return NotFound("Xapian does not have the record");
      return DecodeStored(db_.get_document(*at).get_data());
    });
  }

  StatusOr<std::vector<ListRow>> NewestIncidents(size_t) override {
    return Status(absl::StatusCode::kUnimplemented, "a search engine alone has no rows of a list");
  }

 private:
  static Xapian::Query WordsOf(const Question& question) {
    switch (question.form) {
      case Question::Form::kPrefix:
        return Xapian::Query(Xapian::Query::OP_WILDCARD, question.words[0]);
      case Question::Form::kPhrase:
        return Xapian::Query(Xapian::Query::OP_PHRASE, question.words.begin(), question.words.end(),
                             question.words.size());
      default:
        return Xapian::Query(Xapian::Query::OP_AND, question.words.begin(), question.words.end());
    }
  }

  static Xapian::Query QueryOf(const Question& question) {
    std::optional<Xapian::Query> filter;
    const auto require = [&filter](const Xapian::Query& own) {
      filter = filter ? Xapian::Query(Xapian::Query::OP_AND, *filter, own) : own;
    };
    if (!question.actor.empty()) require(Xapian::Query("XA" + question.actor));
    if (!question.country.empty()) require(Xapian::Query("XC" + question.country));
    if (question.has_days()) {
      require(Xapian::Query(Xapian::Query::OP_VALUE_LE, kFirst, DayBytes(question.last_day)));
      require(Xapian::Query(Xapian::Query::OP_VALUE_GE, kLast, DayBytes(question.first_day)));
    }
    if (question.words.empty()) return *filter;
    const Xapian::Query words = WordsOf(question);
    return filter ? Xapian::Query(Xapian::Query::OP_FILTER, words, *filter) : words;
  }

  Xapian::Database db_;
};

StatusOr<std::unique_ptr<Engine>> OpenXapian(const std::string& folder) {
  return Caught([&]() -> StatusOr<std::unique_ptr<Engine>> { return std::make_unique<XapianEngine>(folder); });
}

}  // namespace

const EngineKind kXapian = {"xapian", "Xapian " XAPIAN_VERSION " glass, compacted, positions, values; BM25", Load,
                            OpenXapian};

}  // namespace daftar::bench
